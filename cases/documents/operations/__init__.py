"""What can be done with papers, one function a verb. Import from the module of the subject."""
