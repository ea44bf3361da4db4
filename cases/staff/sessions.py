"""What we keep in a session, by name."""

LOGIN_AT = "login_at"
JOINING = "joining"
