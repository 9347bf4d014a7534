"""The one tree of errors. A code is stable; a message says what happened, to what, and what comes next."""

from __future__ import annotations

from soundstage.core.fields import FieldErrors
from soundstage.core.stops import Cancelled as Cancelled
from soundstage.core.stops import Released as Released
from soundstage.core.stops import Stop as Stop


class SoundstageError(Exception):
    """Something went wrong inside Soundstage."""

    code = "internal"
    hint = ""
    retryable = False

    def __init__(self, message: str | None = None, *, hint: str | None = None) -> None:
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        if hint is not None:
            self.hint = hint
        super().__init__(self.message)


class BadInput(SoundstageError):
    """What was given cannot be used."""

    code = "bad_input"


class BadParameters(BadInput):
    """The parameters do not fit the pipeline."""

    code = "bad_parameters"

    def __init__(self, message: str | None = None, *, hint: str | None = None, errors: FieldErrors = ()) -> None:
        super().__init__(message, hint=hint)
        self.errors = tuple(errors)


class BatchRefused(BadInput):
    """One of several orders that belong together was refused."""

    code = "batch_refused"
    hint = "Mend the lines that are named, or send the batch without `atomic=true`."


class BadMedia(BadInput):
    """The file is not audio or video that can be read."""

    code = "bad_media"


class BadRecording(BadMedia):
    """The file is not a recording that can be taken apart."""

    code = "bad_recording"
    hint = "Use MP3, WAV or FLAC."


class BadPicture(BadInput):
    """The file is not a picture that can be used."""

    code = "bad_picture"


class NoFace(BadPicture):
    """No face was found in the portrait."""

    code = "no_face"
    hint = "Use a portrait that looks at the camera, or give the points of the eyes and the mouth."


class UnknownVoice(BadInput):
    """The engine has no such voice."""

    code = "unknown_voice"


class NothingToSay(BadInput):
    """The text holds nothing that can be spoken."""

    code = "nothing_to_say"


class BadName(BadInput):
    """The e-mail address or name cannot be used."""

    code = "bad_name"


class WeakPassword(BadInput):
    """The password could be guessed."""

    code = "weak_password"
    hint = "Take several words that do not belong together."


class UnsafeKey(BadInput):
    """The key that signs tokens cannot be trusted."""

    code = "unsafe_key"
    hint = "Remove the file: a new key is made, and everybody logs in again."


class BadPipeline(BadInput):
    """The pipeline is not declared as it must be."""

    code = "bad_pipeline"


class TooLarge(BadInput):
    """What was sent is larger than it may be."""

    code = "too_large"


class WrongBytes(BadInput):
    """What arrived is not what was announced."""

    code = "wrong_bytes"
    hint = "Send the bytes again."


class WrongChecksum(BadInput):
    """A piece of an upload was damaged on its way."""

    code = "wrong_checksum"
    hint = "Send the piece again."


class NotFound(SoundstageError):
    """There is no such thing."""

    code = "not_found"


class JobNotFound(NotFound):
    """There is no such job."""

    code = "job_not_found"


class UserNotFound(NotFound):
    """There is no such user."""

    code = "user_not_found"


class QueueNotFound(NotFound):
    """There is no such queue."""

    code = "queue_not_found"


class UnknownPipeline(NotFound):
    """No pipeline of this kind is installed."""

    code = "unknown_pipeline"


class UnknownStage(NotFound):
    """The pipeline has no such stage."""

    code = "unknown_stage"


class UnknownEngine(NotFound):
    """No engine of this name is installed."""

    code = "unknown_engine"
    hint = "`soundstage engines` lists those that are."


class BlobNotFound(NotFound):
    """The stored file is not there."""

    code = "blob_not_found"


class AssetNotFound(NotFound):
    """There is no such asset."""

    code = "asset_not_found"


class WebhookNotFound(NotFound):
    """There is no such webhook."""

    code = "webhook_not_found"


class DeliveryNotFound(NotFound):
    """There is no such delivery."""

    code = "delivery_not_found"


class Conflict(SoundstageError):
    """What was asked does not fit the present state."""

    code = "conflict"


class AssetInUse(Conflict):
    """Jobs that have not ended need the asset."""

    code = "asset_in_use"
    hint = "Wait for these jobs or cancel them, or delete with `force=true`: its bytes stay until they have ended."


class AssetNotReady(Conflict):
    """The asset cannot be used in its present state."""

    code = "asset_not_ready"


class UploadUnfinished(Conflict):
    """The bytes of the upload are not there yet."""

    code = "upload_unfinished"


class UploadBusy(Conflict):
    """Another request sends to the same upload."""

    code = "upload_busy"
    retryable = True


class IllegalTransition(Conflict):
    """The state does not allow this change."""

    code = "illegal_transition"


class NameTaken(Conflict):
    """The e-mail address or user name is taken."""

    code = "name_taken"


class LastAdministrator(Conflict):
    """There must be an administrator."""

    code = "last_administrator"
    hint = "Make another user an administrator first."


class NotSetUp(Conflict):
    """There is no administrator yet."""

    code = "not_set_up"
    hint = "Open the link that `soundstage serve` printed, or type: soundstage user create-admin"


class HomeInUse(Conflict):
    """Another Soundstage already serves this home folder."""

    code = "home_in_use"


class IdempotencyConflict(Conflict):
    """The same Idempotency-Key was sent with another body."""

    code = "idempotency_conflict"
    hint = "Use a key of its own for each order, and repeat the same body where you send one again."


class NotSignedIn(SoundstageError):
    """The request does not say who makes it, or not in a way that is valid now."""

    code = "not_signed_in"
    hint = "Log in at /api/auth/login, or use an API key, and send `Authorization: Bearer ...`."


class WrongCredentials(NotSignedIn):
    """The name and the password do not belong together."""

    code = "wrong_credentials"
    hint = "Try again, or ask an administrator for a new password."


class NotAllowed(SoundstageError):
    """The caller may not do this."""

    code = "not_allowed"


class WrongPassword(NotAllowed):
    """The present password is another."""

    code = "wrong_password"


class RegistrationClosed(NotAllowed):
    """Nobody can register here by themselves."""

    code = "registration_closed"
    hint = "Ask an administrator for an account."


class BadLink(NotAllowed):
    """The link is not one that Soundstage signed, or its time is over."""

    code = "bad_link"
    hint = "Ask for a new link."


class LinkEnded(SoundstageError):
    """The link was good once, and is not any more."""

    code = "link_ended"
    hint = "Ask the one who gave it to you for a new one."


class LimitReached(SoundstageError):
    """A limit of the caller's plan is reached."""

    code = "limit_reached"

    def __init__(
        self, message: str | None = None, *, hint: str | None = None, retry_after_seconds: int | None = None
    ) -> None:
        """`retry_after_seconds` is set where the limit is free again after that time."""
        super().__init__(message, hint=hint)
        self.retry_after_seconds = retry_after_seconds


class TooManyRequests(SoundstageError):
    """There were too many requests of this kind in a short time."""

    code = "too_many_requests"
    retryable = True

    def __init__(self, message: str | None = None, *, hint: str | None = None, retry_after_seconds: int = 1) -> None:
        super().__init__(message, hint=hint)
        self.retry_after_seconds = retry_after_seconds


class AddressRefused(BadInput):
    """The address of another server may not be used."""

    code = "address_refused"


class ForgedMessage(BadInput):
    """A message of another server is not signed as it must be."""

    code = "forged_message"


class RemoteFailed(SoundstageError):
    """Another server did not answer, or not in a way that can be used."""

    code = "remote_failed"
    retryable = True

    def __init__(self, message: str | None = None, *, hint: str | None = None, may_have_arrived: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.may_have_arrived = may_have_arrived
        """Whether the other server may have acted on the request all the same."""


class TooBusy(TooManyRequests):
    """The server holds as much as it can at this moment."""

    code = "too_busy"


class EngineNotReady(SoundstageError):
    """The engine lacks something that it needs."""

    code = "engine_not_ready"


class EngineFailed(SoundstageError):
    """The engine stopped with an error."""

    code = "engine_failed"
    retryable = True


class StageFailed(SoundstageError):
    """The stage failed."""

    code = "stage_failed"


class StageTimedOut(SoundstageError):
    """The stage took longer than it may."""

    code = "timed_out"
    retryable = True


class WorkerLost(SoundstageError):
    """The worker that ran this part went away."""

    code = "worker_lost"


class Incompatible(SoundstageError):
    """The job was made by a version of the pipeline that is not installed."""

    code = "incompatible"


class DiskFull(SoundstageError):
    """The disk is full."""

    code = "disk_full"
    hint = "Free some space, then retry the job from the failed stage: what is done is kept."
    retryable = True


class HomeNotWritable(SoundstageError):
    """The home folder cannot be written."""

    code = "home_not_writable"


class StoreUnavailable(SoundstageError):
    """The database does not answer."""

    code = "store_unavailable"
    retryable = True


class BlobsUnavailable(SoundstageError):
    """The store of files does not answer."""

    code = "blobs_unavailable"
    hint = "`soundstage doctor` says what is wrong with it."
    retryable = True


class ServerUnavailable(SoundstageError):
    """The server does not answer."""

    code = "server_unavailable"
    hint = "Is it running, and is the address right? What was ordered there goes on without you."
    retryable = True


class LeaseLost(SoundstageError):
    """The part was given to another attempt; what this one did is dropped."""

    code = "lease_lost"
