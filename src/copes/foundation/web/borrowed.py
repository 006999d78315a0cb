"""Strings that other people's packages show on our pages, so that our catalogues hold them in every language.

Catalogues named in LOCALE_PATHS win over those of installed packages. Nothing here is called.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

ALLAUTH = (
    _("The username and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("This account is currently inactive."),
    _("Incorrect password."),
    _("Incorrect code."),
    _("You cannot deactivate two-factor authentication."),
    _("Username"),
    _("Password"),
    _("Code"),
    _("Authenticator code"),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    _("Master key"),
    _("Backup key"),
)
DJANGO = (
    _("This field is required."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid date."),
    _("Enter a valid date/time."),
    _("Enter a valid value."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
)
