from django.apps import AppConfig


class NgoConfig(AppConfig):
    name = "ngo"
    label = "ngo"
