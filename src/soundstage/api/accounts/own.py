"""One's own account: profile, password, API keys, leaving."""

from __future__ import annotations

from fastapi import APIRouter

from soundstage.api.access import AccountHolder
from soundstage.api.accounts.asking import AccountsNeeded, Visiting, in_turn
from soundstage.api.accounts.pictures import key_out, user_out
from soundstage.api.accounts.routes import AUTH_PATH
from soundstage.api.accounts.schemas import KeyList, KeyMade, NewKey, PasswordIn, ProfileIn, Proof, UserOut
from soundstage.core.errors import NotFound
from soundstage.studio.accounts.accounts import ProfileChange

router = APIRouter(prefix=AUTH_PATH, tags=["auth"])


@router.get("/me", summary="One's own account", operation_id="get_profile")
def get_profile(accounts: AccountsNeeded, caller: AccountHolder) -> UserOut:
    return user_out(accounts.accounts.get(caller.user_id))


@router.patch("/me", summary="Change one's own account", operation_id="change_profile")
@router.put("/me", summary="Change one's own account", operation_id="put_profile")
async def change_profile(
    change: ProfileIn, accounts: AccountsNeeded, caller: AccountHolder, visit: Visiting
) -> UserOut:
    wanted = ProfileChange(**change.model_dump())
    return user_out(await in_turn(accounts.accounts.change_profile, caller, wanted, visit))


@router.post("/password", status_code=204, summary="Change one's password", operation_id="change_password")
async def change_password(change: PasswordIn, accounts: AccountsNeeded, caller: AccountHolder, visit: Visiting) -> None:
    """Ends all other sessions."""
    await in_turn(accounts.accounts.change_password, caller, change.old_password, change.new_password, visit)


@router.post(
    "/leave", status_code=204, summary="Delete one's own account and all in it", operation_id="delete_own_account"
)
async def leave(proof: Proof, accounts: AccountsNeeded, caller: AccountHolder, visit: Visiting) -> None:
    await in_turn(accounts.accounts.leave, caller, proof.password, visit)


@router.get("/keys", summary="Own API keys, newest first", operation_id="list_api_keys")
def list_keys(accounts: AccountsNeeded, caller: AccountHolder) -> KeyList:
    return KeyList(keys=[key_out(key) for key in accounts.keys.list_keys(caller.user_id)])


@router.post("/keys", status_code=201, summary="Make an API key", operation_id="make_api_key")
def make_key(wanted: NewKey, accounts: AccountsNeeded, caller: AccountHolder, visit: Visiting) -> KeyMade:
    """The answer is the only one that shows it."""
    key, secret = accounts.keys.make(caller, wanted.name, set(wanted.scopes), wanted.expires_in_days, visit)
    return KeyMade(**key_out(key).model_dump(), key=secret)


@router.delete("/keys/{key_id}", status_code=204, summary="Delete an API key", operation_id="delete_api_key")
def delete_key(key_id: str, accounts: AccountsNeeded, caller: AccountHolder, visit: Visiting) -> None:
    if "\x00" in key_id:
        raise NotFound("There is no API key of this id.")
    accounts.keys.delete(key_id, caller.user_id, visit)
