"""What administrators do: users, their roles and plans, and the audit log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from soundstage.api.access import Administrator
from soundstage.api.accounts.asking import AccountsNeeded, Visiting, in_turn
from soundstage.api.accounts.pictures import audit_entry_out, user_out
from soundstage.api.accounts.routes import applicant_of
from soundstage.api.accounts.schemas import (
    NO_NUL,
    AuditList,
    Ended,
    NewUserByAdmin,
    UserChangeIn,
    UserList,
    UserOut,
)
from soundstage.core.errors import UserNotFound
from soundstage.studio.access import Plan, Role
from soundstage.studio.accounts.administration import AuditFilter, UserChange, UserFilter

MOST_A_PAGE = 100

router = APIRouter(prefix="/api/admin", tags=["admin"])


async def well_formed_user_id(user_id: Annotated[str, Path(description="The id of a user")]) -> str:
    if "\x00" in user_id:
        raise UserNotFound("There is no user of this id.")
    return user_id


UserId = Annotated[str, Depends(well_formed_user_id)]
Text = Annotated[str | None, Query(max_length=100, pattern=NO_NUL)]
Limit = Annotated[int, Query(ge=1, le=MOST_A_PAGE)]


@router.get("/users", summary="Users, newest first", operation_id="list_users")
def list_users(
    accounts: AccountsNeeded,
    _caller: Administrator,
    text: Text = None,
    role: Role | None = None,
    plan: Plan | None = None,
    is_disabled: bool | None = None,
    limit: Limit = 50,
    before: Text = None,
) -> UserList:
    """`text` stands in the e-mail address or a name; `before` is the `next` of the page before."""
    found = accounts.administration.list_users(UserFilter(text, role, is_disabled, before, limit + 1, plan))
    page = found[:limit]
    following = page[-1].id if len(found) > limit else None
    return UserList(users=[user_out(user) for user in page], next=following)


@router.post("/users", status_code=201, summary="Make an account for somebody", operation_id="create_user")
async def create_user(
    account: NewUserByAdmin, accounts: AccountsNeeded, caller: Administrator, visit: Visiting
) -> UserOut:
    create = accounts.registration.create
    user = await in_turn(create, applicant_of(account), account.role, account.plan, caller.user_id, visit)
    return user_out(user)


@router.get("/users/{user_id}", summary="One user", operation_id="get_user")
def get_user(user_id: UserId, accounts: AccountsNeeded, _caller: Administrator) -> UserOut:
    return user_out(accounts.administration.get(user_id))


@router.patch("/users/{user_id}", summary="Change role or plan, disable or enable", operation_id="change_user")
def change_user(
    user_id: UserId, change: UserChangeIn, accounts: AccountsNeeded, caller: Administrator, visit: Visiting
) -> UserOut:
    """Takes effect with the next request of the user."""
    wanted = UserChange(change.role, change.plan, change.is_disabled)
    return user_out(accounts.administration.change(user_id, wanted, caller.user_id, visit))


@router.post("/users/{user_id}/end-sessions", summary="End all sessions of a user", operation_id="end_user_sessions")
def end_user_sessions(user_id: UserId, accounts: AccountsNeeded, caller: Administrator, visit: Visiting) -> Ended:
    return Ended(sessions=accounts.administration.end_sessions(user_id, caller.user_id, visit))


@router.delete(
    "/users/{user_id}", status_code=204, summary="Delete a user and all of theirs", operation_id="delete_user"
)
def delete_user(user_id: UserId, accounts: AccountsNeeded, caller: Administrator, visit: Visiting) -> None:
    """Jobs are ended and removed, with assets, keys and webhooks; stored bytes go with the next sweep."""
    accounts.accounts.erase(user_id, caller.user_id, visit)


@router.get("/audit", summary="What was done, newest first", operation_id="list_audit")
def list_audit(
    accounts: AccountsNeeded,
    _caller: Administrator,
    actor: Text = None,
    action: Text = None,
    target: Text = None,
    limit: Limit = 50,
    before: Annotated[int | None, Query(ge=0, le=2**63 - 1, description="The `next` of the page before")] = None,
) -> AuditList:
    """`actor` and `target` are ids, or the user name or e-mail address of a user."""
    found = accounts.administration.list_audit(AuditFilter(actor, action, target, before, limit + 1))
    page = found[:limit]
    following = page[-1].id if len(found) > limit else None
    return AuditList(entries=[audit_entry_out(entry) for entry in page], next=following)
