"""Comparing people with lists on this machine alone: reading lists, filing them under buckets, weighing who may be whom."""
