"""The one tree of errors. A code is stable; a message says what happened, to what, and what comes next."""

from __future__ import annotations


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


class BadMedia(BadInput):
    """The file is not audio or video that can be read."""

    code = "bad_media"


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


class BadPipeline(BadInput):
    """The pipeline is not declared as it must be."""

    code = "bad_pipeline"


class NotFound(SoundstageError):
    """There is no such thing."""

    code = "not_found"


class JobNotFound(NotFound):
    """There is no such job."""

    code = "job_not_found"


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


class Conflict(SoundstageError):
    """What was asked does not fit the present state."""

    code = "conflict"


class IllegalTransition(Conflict):
    """The state does not allow this change."""

    code = "illegal_transition"


class HomeInUse(Conflict):
    """Another Soundstage already serves this home folder."""

    code = "home_in_use"


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


class LeaseLost(SoundstageError):
    """The part was given to another attempt; what this one did is dropped."""

    code = "lease_lost"


class Stop(BaseException):
    """Ends a stage function from outside. Not an Exception, so that no stage swallows it."""

    reason = "stopped"


class Cancelled(Stop):
    """The job was cancelled or the lease was lost: leave at once, write nothing."""

    reason = "cancelled"


class Released(Stop):
    """The job was paused or the worker shuts down: the part goes back, no attempt is charged."""

    reason = "released"
