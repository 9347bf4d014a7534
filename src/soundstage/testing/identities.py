"""Who calls, for tests that are about something else."""

from __future__ import annotations

from soundstage.studio.access import LOCAL_OWNER, SCOPES_OF, Caller, Plan, Role


class EverybodyIsLocal:
    """Implements studio.access.Identities: whoever calls is the person of this computer."""

    def identify(self, token: str | None) -> Caller:
        del token
        return Caller(LOCAL_OWNER, Role.ADMIN, Plan.PRO, SCOPES_OF[Role.USER])

    def redeem_ticket(self, ticket: str) -> Caller:
        return self.identify(ticket)

    def confirm(self, caller: Caller) -> Caller:
        return caller
