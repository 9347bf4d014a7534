// Made from the API's description by `npm run schema`.
export interface paths {
    "/api/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was done, newest first
         * @description `actor` and `target` are ids, or the user name or e-mail address of a user.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What failed of late, by its cause
         * @description By pipeline, stage and error code; the newest first, at most 100.
         */
        get: operations["list_failures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Queues, and how full they are
         * @description Those that pipelines name, that workers serve, and that anything stands in.
         */
        get: operations["list_queues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/queues/{queue}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start nothing of a queue any more
         * @description On all machines, until it is resumed. What runs goes on: the queue drains.
         */
        post: operations["pause_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/queues/{queue}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start what waits in a paused queue */
        post: operations["resume_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/storage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What fills the store of files
         * @description Goes through all files that the database knows: ask once in a while.
         */
        get: operations["get_storage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users, newest first
         * @description `text` stands in the e-mail address or a name; `before` is the `next` of the page before.
         */
        get: operations["list_users"];
        put?: never;
        /** Make an account for somebody */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user */
        get: operations["get_user"];
        put?: never;
        post?: never;
        /**
         * Delete a user and all of theirs
         * @description Jobs are ended and removed, with assets, keys and webhooks; stored bytes go with the next sweep.
         */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        /**
         * Change role or plan, disable or enable
         * @description Takes effect with the next request of the user.
         */
        patch: operations["change_user"];
        trace?: never;
    };
    "/api/admin/users/{user_id}/end-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End all sessions of a user */
        post: operations["end_user_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Workers, and what each does now */
        get: operations["list_workers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's assets */
        get: operations["list_assets"];
        put?: never;
        /**
         * Add a file to the library
         * @description A form with the file and what it is for. The answer comes when the file was checked: `ready`, or `processing`
         *     where that takes longer than some seconds. A file that does not fit its kind is refused, and nothing is kept.
         */
        post: operations["add_asset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/{asset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One asset */
        get: operations["get_asset"];
        put?: never;
        post?: never;
        /**
         * Remove an asset
         * @description Refused where unfinished jobs need it, with their ids.
         */
        delete: operations["delete_asset"];
        options?: never;
        head?: never;
        /** Change the name or the tags */
        patch: operations["change_asset"];
        trace?: never;
    };
    "/api/assets/{asset_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The bytes are there
         * @description They are compared with what was announced, and checked. Repeated, it tells what came of the first time.
         */
        post: operations["confirm_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/{asset_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a link opens
         * @description For whoever holds the link.
         */
        get: operations["open_asset_link"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/{asset_id}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The jobs that use it, newest first */
        get: operations["list_asset_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/{asset_id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link to one of its files
         * @description For at most 15 minutes it opens this file, and nothing else, to whoever holds it.
         */
        post: operations["link_asset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/{asset_id}/peaks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The shape of its sound
         * @description JSON of audiowaveform, version 2. 409 while it is being made, 404 where there is none.
         */
        get: operations["get_asset_peaks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/{asset_id}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A small picture of it
         * @description JPEG. 409 while it is being made, 404 where there is none.
         */
        get: operations["get_asset_thumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/tus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a resumable upload
         * @description `Upload-Metadata` may hold filename, kind and sha256. The id in `Location` is that of the asset.
         */
        post: operations["begin_upload"];
        delete?: never;
        /** What of tus is spoken here */
        options: operations["get_tus_options"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/tus/{asset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Give an upload up */
        delete: operations["abandon_upload"];
        options?: never;
        /** How far an upload is */
        head: operations["get_upload"];
        /**
         * Send the next piece
         * @description The offset in the answer is on the disk. After the last piece the asset is checked, as with a form.
         */
        patch: operations["append_to_upload"];
        trace?: never;
    };
    "/api/assets/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a place to put a file
         * @description Its size counts in the storage from now on, for 15 minutes.
         */
        post: operations["plan_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/uploads/{asset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The bytes of a planned upload
         * @description For whoever holds the URL that the plan gave. Sent again, the bytes replace the earlier ones.
         */
        put: operations["put_upload"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much the caller stores, and may store */
        get: operations["get_asset_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own API keys, newest first */
        get: operations["list_api_keys"];
        put?: never;
        /**
         * Make an API key
         * @description The answer is the only one that shows it.
         */
        post: operations["make_api_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an API key */
        delete: operations["delete_api_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete one's own account and all in it */
        post: operations["delete_own_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in by password */
        post: operations["log_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End this session
         * @description That of the refresh token in the body or the cookie, or else that of the access token.
         */
        post: operations["log_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End all own sessions */
        post: operations["log_out_everywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own account */
        get: operations["get_profile"];
        /** Change one's own account */
        put: operations["put_profile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change one's own account */
        patch: operations["change_profile"];
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one's password
         * @description Ends all other sessions.
         */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * New tokens for old
         * @description The refresh token is used up, apart from repetitions within 20 seconds. Used later, it ends its session.
         */
        post: operations["refresh_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an account */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own sessions, newest first */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one own session */
        delete: operations["end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the first administrator
         * @description Once, with the token of the link that the first start printed.
         */
        post: operations["set_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A ticket for one stream
         * @description For a browser's EventSource or WebSocket, which cannot send an access token, and must not have it in the URL.
         */
        post: operations["make_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/engines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All engines, and what they lack */
        get: operations["list_engines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events of all jobs of the caller, live
         * @description Begins with `ready`, from now on, or goes on after the cursor. Where that is not possible any more it begins
         *     with `snapshot_required`: load the jobs anew.
         */
        get: operations["follow_all_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store a file that a job will use
         * @description The body is the file itself. Its name does not matter: what it is shows by its content.
         *
         *     It becomes an asset of the caller, whom alone the reference serves; of equal bytes there is one.
         */
        post: operations["store_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/generate/text-to-speech": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Speak a text */
        post: operations["generate_speech"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/generate/tts/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which speech engines are ready */
        get: operations["get_speech_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/generate/video": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a portrait speak */
        post: operations["generate_video"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/generate/video/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which video engines are ready */
        get: operations["get_video_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Jobs, by any filter and in any order
         * @description The next page goes on exactly behind the last job of this one, whatever has changed in between.
         */
        get: operations["list_jobs"];
        put?: never;
        /**
         * Order a job
         * @description The answer means that the job is stored: it survives any crash.
         *
         *     The same `Idempotency-Key` with the same body gives the same job, for a day; with another body it is a conflict.
         */
        post: operations["create_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job with its stages */
        get: operations["get_job"];
        /**
         * Change priority, description or metadata
         * @description What is given is replaced, what is not stays.
         */
        put: operations["change_job"];
        post?: never;
        /**
         * Remove a job that has ended
         * @description Its files go a while later, where no other job or asset needs them.
         */
        delete: operations["delete_job"];
        options?: never;
        head?: never;
        /**
         * Change priority, description or metadata
         * @description What is given is replaced, what is not stays.
         */
        patch: operations["patch_job"];
        trace?: never;
    };
    "/api/jobs/{job_id}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The files that the stages left
         * @description In the order of the stages.
         */
        get: operations["list_artifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/artifacts/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file that a stage left
         * @description The file of that name, of the last stage that left one. Its ETag is its sha256.
         */
        get: operations["download_artifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/artifacts/{name}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a link opens
         * @description For whoever holds the link.
         */
        get: operations["open_artifact_link"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/artifacts/{name}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A link to a file that a stage left
         * @description For at most 15 minutes it opens this file, and nothing else, to whoever holds it.
         */
        get: operations["link_artifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every try that has ended */
        get: operations["list_attempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the job now */
        post: operations["cancel_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events of a job, live
         * @description Ends after the event that ends the job. A reader that comes back goes on from its `Last-Event-ID`.
         */
        get: operations["follow_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/executor-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A token for who works on a stage outside
         * @description Only while a stage of the job waits for work outside.
         */
        post: operations["issue_executor_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The lines that the stages wrote
         * @description Oldest first: the newest lines, or with `after` the first ones that follow.
         */
        get: operations["list_log_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start no new part */
        post: operations["pause_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell how far work outside is
         * @description By the token of the job alone, while the stage waits.
         */
        post: operations["report_progress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand in what a stage waits for
         * @description By the token of the job alone. The stage goes on with it.
         */
        post: operations["hand_in_result"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on after a pause */
        post: operations["resume_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run an ended job again from a stage
         * @description What the stages before it left is used again.
         */
        post: operations["retry_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The links to the result
         * @description Those that are good still, oldest first. Whoever may only read jobs gets no links to give away.
         */
        get: operations["list_shares"];
        put?: never;
        /**
         * Share the result
         * @description A link for somebody without an account. It shows the result of a job that has succeeded, and nothing else.
         */
        post: operations["share_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/shares/{share_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a link
         * @description From now on it shows nothing. Links to files that somebody has opened already work for up to 15 minutes.
         */
        delete: operations["revoke_share"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{job_id}/stages/{stage}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reply to a stage that waits */
        post: operations["answer_stage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Order many jobs
         * @description JSON lines, each an order as `POST /api/jobs` takes it: at most 1,000 lines and 10 MiB.
         *
         *     Each line is accepted or refused for itself; with `atomic` one that is refused refuses all. An `Idempotency-Key`
         *     holds for each line by its number.
         */
        post: operations["create_jobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel, retry, pause, resume or delete many jobs
         * @description Each job is changed for itself; what is another's is not found.
         */
        post: operations["act_on_jobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many jobs there are
         * @description The caller's own, by state and by pipeline.
         */
        get: operations["count_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a job would take
         * @description Refuses what an order would be refused for, and stores nothing.
         */
        post: operations["estimate_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How jobs ended lately
         * @description The caller's own, by pipeline.
         */
        get: operations["get_job_statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pipelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All installed pipelines
         * @description With their stages and the JSON Schema of their parameters.
         */
        get: operations["list_pipelines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pipelines/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One pipeline */
        get: operations["get_pipeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shared/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a shared link shows
         * @description For whoever holds the link, without an account: `404` for what is none, `410` once it is over or revoked.
         */
        get: operations["open_share"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audio/chatterbox/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cloned voices, newest first */
        get: operations["v1_list_clones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audio/chatterbox/tts/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Order speech in a cloned voice
         * @description The fields are the parameters of the pipeline voice_clone: `text`, and the sample of the voice as `reference`.
         */
        post: operations["v1_create_clone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audio/kokoro/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Speech, newest first */
        get: operations["v1_list_speech"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audio/kokoro/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Order speech
         * @description The fields are the parameters of the pipeline text_to_speech; `speed` is another word for `rate`.
         */
        post: operations["v1_create_speech"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Talking heads, newest first */
        get: operations["v1_list_projects"];
        put?: never;
        /**
         * Order a talking head
         * @description The fields are the parameters of the pipeline talking_head; `image` is another word for `portrait`.
         */
        post: operations["v1_create_project"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One project */
        get: operations["v1_get_project"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/video/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Order a story video */
        post: operations["generate_story_video"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/video/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One story video */
        get: operations["get_story_video"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/video/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Story videos, newest first */
        get: operations["list_story_videos"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/video/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a story video is */
        get: operations["get_story_video_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The voices that can speak here
         * @description The best engine first.
         */
        get: operations["list_voices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/voices/{engine}/{name}/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hear a voice
         * @description A sentence in the voice's language (English, Indonesian or Portuguese; any other voice speaks English), as WAV.
         *
         *     It is spoken once and kept, in no list of jobs. While the workers are busy elsewhere: `503`, and `Retry-After`.
         */
        get: operations["get_voice_sample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's webhooks */
        get: operations["list_webhooks"];
        put?: never;
        /**
         * Make a webhook
         * @description The secret that signs its messages is in this answer, and in no later one.
         */
        post: operations["create_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One webhook */
        get: operations["get_webhook"];
        put?: never;
        post?: never;
        /** Remove a webhook with its deliveries */
        delete: operations["delete_webhook"];
        options?: never;
        head?: never;
        /** Change a webhook, turn it on or off */
        patch: operations["change_webhook"];
        trace?: never;
    };
    "/api/webhooks/{webhook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent, newest first */
        get: operations["list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{webhook_id}/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message */
        get: operations["get_delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message again
         * @description Under the same `webhook-id`, with the same body and all tries before it.
         */
        post: operations["redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{webhook_id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret
         * @description For 24 hours each message carries a signature by the new secret and one by the old.
         */
        post: operations["rotate_webhook_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send `webhook.test` now
         * @description Once, also where the webhook is off; the answer tells what the receiver said.
         */
        post: operations["test_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages that could not be delivered
         * @description Of all the caller's webhooks, newest first.
         */
        get: operations["list_dead_letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the server measures, for Prometheus
         * @description For administrators, and for who has the metrics token.
         */
        get: operations["get_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Database, workers and disk can be used */
        get: operations["get_readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The stems, when they are ready */
        get: operations["get_stems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a recording apart into stems
         * @description The form's one file: MP3, WAV or FLAC by its content. Its job is queued when this is answered.
         */
        post: operations["upload_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audio/speech": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Speak a text
         * @description The audio of a job that the caller also finds among the jobs, under the id in `X-Soundstage-Job`.
         */
        post: operations["openai_create_speech"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audio/voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The voices
         * @description OpenAI's names with the voice that each means, then the voices of all engines that are ready.
         */
        get: operations["openai_list_voices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The models that speak
         * @description OpenAI's names, and the engines that are ready.
         */
        get: operations["openai_list_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One model */
        get: operations["openai_get_model"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Alive */
        Alive: {
            /**
             * Status
             * @default ok
             */
            status: string;
        };
        /**
         * ArtifactOut
         * @description A file that a stage left; `url` is where its bytes are.
         */
        ArtifactOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Media Type */
            media_type: string;
            /**
             * Name
             * @example speech.wav
             */
            name: string;
            /**
             * Part
             * @description The id of the part that left it
             */
            part: number;
            /** Sha256 */
            sha256: string;
            /** Size Bytes */
            size_bytes: number;
            /** Url */
            url: string;
        };
        /**
         * AssetChange
         * @description What is left out stays as it is.
         */
        AssetChange: {
            /**
             * Name
             * @example Ann at the lake.jpg
             */
            name?: string | null;
            /**
             * Tags
             * @example [
             *       "lesson 3"
             *     ]
             */
            tags?: string[] | null;
        };
        /**
         * AssetKind
         * @description What an asset is for. Its content must fit.
         * @enum {string}
         */
        AssetKind: "portrait" | "voice_sample" | "script" | "audio" | "video" | "image" | "dataset_zip";
        /**
         * AssetList
         * @description `next` is the `cursor` of the following page; None on the last.
         */
        AssetList: {
            /** Assets */
            assets: components["schemas"]["AssetOut"][];
            /** Next */
            next: string | null;
        };
        /**
         * AssetOut
         * @description A file of the library. A parameter of a job names it as `asset:` and its id.
         *
         *     `facts` is what its content shows: duration_seconds, width, height, fps, rate_hz, channels, characters ...
         */
        AssetOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            error: components["schemas"]["ErrorOut"] | null;
            /** Facts */
            facts: {
                [key: string]: unknown;
            };
            /**
             * Id
             * @example asset_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            id: string;
            kind: components["schemas"]["AssetKind"] | null;
            /**
             * Media Type
             * @example image/jpeg
             */
            media_type: string;
            /** Name */
            name: string;
            /**
             * Previews
             * @description What was made from it and can be fetched
             */
            previews: components["schemas"]["FileRole"][];
            /** Sha256 */
            sha256: string | null;
            /** Size Bytes */
            size_bytes: number;
            state: components["schemas"]["AssetState"];
            /** Tags */
            tags: string[];
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * AssetSort
         * @description By the time they were made, by name, by size; `-` is the other way round.
         * @enum {string}
         */
        AssetSort: "created" | "-created" | "name" | "-name" | "size" | "-size";
        /**
         * AssetState
         * @description pending: bytes are awaited; processing: they are checked; ready or failed: they were.
         * @enum {string}
         */
        AssetState: "pending" | "processing" | "ready" | "failed";
        /**
         * AttemptOut
         * @description One try that has ended.
         */
        AttemptOut: {
            /** Attempt */
            attempt: number;
            error: components["schemas"]["ErrorOut"] | null;
            /**
             * Finished At
             * Format: date-time
             */
            finished_at: string;
            /** Item */
            item: number | null;
            /** Part */
            part: number;
            /**
             * Result
             * @example completed
             */
            result: string;
            /** Stage */
            stage: string;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Worker */
            worker: string;
        };
        /**
         * AuditEntryOut
         * @description `actor` did `action` to `target`; an empty actor is somebody who did not sign in.
         *
         *     The names are the user names of those who are users still.
         */
        AuditEntryOut: {
            /**
             * Action
             * @example login.failed
             */
            action: string;
            /** Actor */
            actor: string;
            /** Actor Name */
            actor_name: string | null;
            /** Address */
            address: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /** Id */
            id: number;
            /** Target */
            target: string;
            /** Target Name */
            target_name: string | null;
        };
        /**
         * AuditList
         * @description Newest first. `next` is the `before` of the following page; None on the last.
         */
        AuditList: {
            /** Entries */
            entries: components["schemas"]["AuditEntryOut"][];
            /** Next */
            next: number | null;
        };
        /** BatchResult */
        BatchResult: {
            /** Accepted */
            accepted: number;
            /** Refused */
            refused: number;
            /** Results */
            results: components["schemas"]["LineResult"][];
        };
        /**
         * BulkAction
         * @enum {string}
         */
        BulkAction: "cancel" | "retry" | "pause" | "resume" | "delete";
        /**
         * BulkRequest
         * @description Either `ids` or `filter`. A filter means the newest 1,000 jobs that fit it.
         * @example {
         *       "action": "cancel",
         *       "filter": {
         *         "state": [
         *           "queued"
         *         ],
         *         "text": "lesson"
         *       }
         *     }
         */
        BulkRequest: {
            action: components["schemas"]["BulkAction"];
            filter?: components["schemas"]["JobQuery"] | null;
            /** Ids */
            ids?: string[] | null;
        };
        /** BulkResult */
        BulkResult: {
            /** Done */
            done: number;
            /** Refused */
            refused: number;
            /** Results */
            results: components["schemas"]["JobResult"][];
        };
        /**
         * CauseOut
         * @description Failures of one stage with one error code. `message` and `last_job` are those of the last one.
         */
        CauseOut: {
            /**
             * Code
             * @example engine_failed
             */
            code: string;
            /**
             * Failed Parts
             * @description Parts that were given up
             */
            failed_parts: number;
            /**
             * Failed Tries
             * @description Each try that failed, whether or not another followed
             */
            failed_tries: number;
            /** Jobs */
            jobs: number;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /** Last Job */
            last_job: string;
            /** Message */
            message: string;
            /**
             * Pipeline
             * @example text_to_speech
             */
            pipeline: string;
            /**
             * Stage
             * @example GENERATION
             */
            stage: string;
        };
        /**
         * Check
         * @description One thing that the server needs. `detail` says what is wrong where it is not ready.
         */
        Check: {
            /**
             * Detail
             * @default
             */
            detail: string;
            /** Name */
            name: string;
            /** Ready */
            ready: boolean;
        };
        /**
         * Content
         * @description What stored bytes are. A blob that is of several contents stands in each.
         * @enum {string}
         */
        Content: "assets" | "previews" | "artifacts" | "uploads";
        /** CostOut */
        CostOut: {
            /** Amount */
            amount: number;
            /**
             * Currency
             * @description ISO 4217
             * @example USD
             */
            currency: string;
        };
        /**
         * DeliveryList
         * @description Newest first. `next` is the `before` of the following page; None on the last.
         */
        DeliveryList: {
            /** Deliveries */
            deliveries: components["schemas"]["DeliverySummaryOut"][];
            /** Next */
            next: string | null;
        };
        /**
         * DeliveryOut
         * @description With the body, which is the same in every try.
         */
        DeliveryOut: {
            /** Attempts */
            attempts: number;
            /** Body */
            body: {
                [key: string]: unknown;
            };
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Due At */
            due_at: string | null;
            /** Event */
            event: string;
            /** Finished At */
            finished_at: string | null;
            /**
             * Id
             * @description The `webhook-id` that the receiver gets
             * @example msg_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            id: string;
            /** Job */
            job: string | null;
            /** Last Error */
            last_error: string | null;
            /** Last Status */
            last_status: number | null;
            state: components["schemas"]["DeliveryState"];
            /** Webhook */
            webhook: string;
        };
        /**
         * DeliveryState
         * @description `dead` is one that is not tried any more.
         * @enum {string}
         */
        DeliveryState: "pending" | "delivered" | "dead";
        /**
         * DeliverySummaryOut
         * @description One message to one webhook. `due_at` is the next try; `dead` is one that is not tried any more.
         */
        DeliverySummaryOut: {
            /** Attempts */
            attempts: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Due At */
            due_at: string | null;
            /** Event */
            event: string;
            /** Finished At */
            finished_at: string | null;
            /**
             * Id
             * @description The `webhook-id` that the receiver gets
             * @example msg_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            id: string;
            /** Job */
            job: string | null;
            /** Last Error */
            last_error: string | null;
            /** Last Status */
            last_status: number | null;
            state: components["schemas"]["DeliveryState"];
            /** Webhook */
            webhook: string;
        };
        /** Ended */
        Ended: {
            /**
             * Sessions
             * @description How many have ended
             */
            sessions: number;
        };
        /**
         * EngineHealth
         * @description Where it is not ready: `missing` says why, `remedy` what to type.
         */
        EngineHealth: {
            /**
             * Missing
             * @default
             */
            missing: string;
            /** Name */
            name: string;
            /**
             * Quality
             * @example draft
             * @example model
             * @example cloud
             */
            quality: string;
            /** Ready */
            ready: boolean;
            /**
             * Remedy
             * @default
             */
            remedy: string;
            /** Title */
            title: string;
        };
        /** EngineList */
        EngineList: {
            /** Engines */
            engines: components["schemas"]["EngineOut"][];
        };
        /**
         * EngineOut
         * @description An adapter to a model or service. Where it is not ready, `reason` says what is missing, `remedy` what to type.
         */
        EngineOut: {
            /**
             * Capability
             * @example speech
             */
            capability: string;
            /**
             * Kind
             * @example flite
             */
            kind: string;
            /**
             * Languages
             * @description BCP 47 tags; empty for any
             */
            languages: string[];
            /** Licence */
            licence: string;
            /** Note */
            note: string;
            quality: components["schemas"]["Quality"];
            /** Queue */
            queue: string;
            /** Ready */
            ready: boolean;
            /** Reason */
            reason: string;
            /** Remedy */
            remedy: string;
            /** Title */
            title: string;
        };
        /**
         * ErrorOut
         * @description `code` is stable; `message` and `hint` are for people.
         */
        ErrorOut: {
            /**
             * Code
             * @example engine_failed
             */
            code: string;
            /** Hint */
            hint: string;
            /** Message */
            message: string;
        };
        /**
         * EstimateOut
         * @description What the job would take, learned from earlier jobs of its pipeline here; null where they give no ground for it.
         *
         *     `seconds` is work alone: not the time in line, nor that of a stage that waits for somebody.
         */
        EstimateOut: {
            /** @description 0 for engines of this machine; null where an engine is paid for */
            cost: components["schemas"]["CostOut"] | null;
            /**
             * Sample Jobs
             * @description How many earlier jobs it is learned from
             * @example 20
             */
            sample_jobs: number;
            /**
             * Seconds
             * @example 12.5
             */
            seconds: number | null;
            /**
             * Seconds By Stage
             * @example {
             *       "GENERATION": 11,
             *       "UPLOADING": 1.5
             *     }
             */
            seconds_by_stage: {
                [key: string]: number | null;
            };
        };
        /**
         * EstimateWish
         * @description What would be ordered.
         * @example {
         *       "params": {
         *         "text": "Good morning."
         *       },
         *       "pipeline": "text_to_speech"
         *     }
         */
        EstimateWish: {
            /**
             * Params
             * @description Checked as those of an order are
             */
            params?: {
                [key: string]: unknown;
            };
            /**
             * Pipeline
             * @description The kind of an installed pipeline
             */
            pipeline: string;
        };
        /**
         * EventKind
         * @enum {string}
         */
        EventKind: "job.queued" | "job.started" | "job.waiting" | "job.continued" | "job.paused" | "job.resumed" | "job.retried" | "job.changed" | "job.succeeded" | "job.failed" | "job.cancelled" | "stage.started" | "stage.completed" | "part.started" | "part.completed" | "part.waiting" | "part.answered" | "part.due" | "part.failed" | "part.retrying" | "part.lost" | "part.released" | "checkpoint.saved";
        /**
         * EventOut
         * @description A fact. `seq` is 1, 2, 3 ... within the job.
         */
        EventOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /** Job */
            job: string;
            kind: components["schemas"]["EventKind"];
            /** Seq */
            seq: number;
            /** Stage */
            stage: string | null;
        };
        /**
         * ExecutorTokenOut
         * @description Shown once. It opens `/progress` and `/result` of this job, and nothing else.
         */
        ExecutorTokenOut: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Stages
             * @description The stages that wait for work outside now
             * @example [
             *       "RENDER"
             *     ]
             */
            stages: string[];
            /** Token */
            token: string;
        };
        /**
         * FailureList
         * @description Of jobs that were not deleted since; the newest first.
         */
        FailureList: {
            /** Causes */
            causes: components["schemas"]["CauseOut"][];
        };
        /**
         * FieldErrorOut
         * @description What is wrong with one field. `path` leads to it; of parameters it begins inside `params`.
         */
        FieldErrorOut: {
            /**
             * Message
             * @example Input should be less than or equal to 1
             */
            message: string;
            /**
             * Path
             * @example face.mouth.x
             */
            path: string;
        };
        /**
         * FileOut
         * @description `reference` is what a parameter names. `kind` is what the file is by its content.
         */
        FileOut: {
            /**
             * Kind
             * @example image
             */
            kind: string;
            /**
             * Reference
             * @example sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            reference: string;
            /** Sha256 */
            sha256: string;
            /** Size Bytes */
            size_bytes: number;
        };
        /**
         * FileRole
         * @description What a file is to its asset.
         * @enum {string}
         */
        FileRole: "original" | "thumbnail" | "peaks";
        /** FillingOut */
        FillingOut: {
            /** Bytes */
            bytes: number;
            /** Count */
            count: number;
        };
        /** FirstAccount */
        FirstAccount: {
            /**
             * Display Name
             * @description What others see, in any script
             * @default
             */
            display_name: string;
            /**
             * Email
             * @example ann@example.com
             */
            email: string;
            /** Language */
            language?: string | null;
            /**
             * Password
             * @description 10 to 256 characters
             * @example four words drawn at random
             */
            password: string;
            /**
             * Token
             * @description From the link that the first start printed
             * @example setup_...
             */
            token: string;
            /**
             * Username
             * @description 3 to 32 of a-z, digits, `.`, `_`, `-`
             * @example ann
             */
            username: string;
        };
        /**
         * GenerationOut
         * @description A job in the words of the document: see `url` for all of it.
         */
        GenerationOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Current Stage */
            current_stage: string | null;
            /** Job Id */
            job_id: string;
            priority: components["schemas"]["Priority"];
            /** Progress */
            progress: number;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled";
            /** Title */
            title: string;
            /**
             * Type
             * @example text_to_speech
             * @example video_generation
             */
            type: string;
            /** Url */
            url: string;
        };
        /**
         * InputOut
         * @description A file that a parameter names. `asset_id`, `name` and `size_bytes` while it is in the owner's library.
         */
        InputOut: {
            /** Asset Id */
            asset_id: string | null;
            /**
             * Name
             * @example ann.jpg
             */
            name: string | null;
            /**
             * Param
             * @example portrait
             */
            param: string;
            /**
             * Reference
             * @example sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            reference: string;
            /** Sha256 */
            sha256: string;
            /** Size Bytes */
            size_bytes: number | null;
        };
        /**
         * JobChange
         * @description New values of what is given; the rest stays.
         * @example {
         *       "priority": "high"
         *     }
         * @example {
         *       "description": "Lesson 3",
         *       "metadata": {
         *         "course": 7
         *       }
         *     }
         */
        JobChange: {
            /** Description */
            description?: string | null;
            /** Metadata */
            metadata?: {
                [key: string]: unknown;
            } | null;
            /** @description Of a job that has not ended */
            priority?: components["schemas"]["Priority"] | null;
        };
        /**
         * JobCounts
         * @description How many jobs there are, by state and by pipeline.
         */
        JobCounts: {
            /**
             * By Pipeline
             * @example {
             *       "text_to_speech": 12
             *     }
             */
            by_pipeline: {
                [key: string]: number;
            };
            /** By State */
            by_state: {
                [key: string]: number;
            };
            /** Total */
            total: number;
        };
        /**
         * JobList
         * @description `next` is the `cursor` of the following page; None on the last.
         */
        JobList: {
            /** Jobs */
            jobs: components["schemas"]["JobSummaryOut"][] | components["schemas"]["JobOut"][];
            /** Next */
            next: string | null;
        };
        /**
         * JobOrder
         * @description How a list is sorted; each order has its exact reverse. By their end: those that have not ended come last.
         * @enum {string}
         */
        JobOrder: "-created_at" | "created_at" | "-finished_at" | "finished_at" | "-priority" | "priority";
        /**
         * JobOut
         * @description A job and its stages in one consistent picture.
         * @example {
         *       "created_at": "2026-01-05T09:30:00Z",
         *       "current_stage": "GENERATION",
         *       "description": "Good morning",
         *       "generation": 1,
         *       "id": "job_06fk3v8q2s5d1n7x9b4c0m8r3t",
         *       "inputs": [],
         *       "last_seq": 5,
         *       "metadata": {
         *         "course": 7,
         *         "pipeline": {
         *           "stages": [
         *             {
         *               "key": "GENERATION",
         *               "label": "Speaking",
         *               "progress": 50,
         *               "status": "active"
         *             }
         *           ]
         *         }
         *       },
         *       "params": {
         *         "text": "Good morning."
         *       },
         *       "pipeline": "text_to_speech",
         *       "priority": "normal",
         *       "progress": 45,
         *       "remaining_seconds": 3.2,
         *       "stages": [
         *         {
         *           "artifacts": [],
         *           "key": "GENERATION",
         *           "kind": "automatic",
         *           "label": "Speaking",
         *           "made_by": [],
         *           "parts": [
         *             {
         *               "attempt": 1,
         *               "failures": 0,
         *               "id": 12,
         *               "losses": 0,
         *               "message": "Sentence 3 of 6",
         *               "progress": 50,
         *               "started_at": "2026-01-05T09:30:01Z",
         *               "state": "active",
         *               "worker": "worker_06fk3v8q2s5d1n7x9b4c0m8r3t"
         *             }
         *           ],
         *           "progress": 50,
         *           "queue": "cpu",
         *           "queue_paused": false,
         *           "started_at": "2026-01-05T09:30:01Z",
         *           "state": "active",
         *           "values": {},
         *           "weight": 70
         *         }
         *       ],
         *       "started_at": "2026-01-05T09:30:00.004Z",
         *       "state": "running",
         *       "status": "processing",
         *       "version": 1
         *     }
         */
        JobOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Current Stage */
            current_stage: string | null;
            /** Description */
            description: string;
            error: components["schemas"]["ErrorOut"] | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Generation
             * @description How often it was started: 1, and one more for each retry
             */
            generation: number;
            /**
             * Id
             * @example job_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            id: string;
            /** Inputs */
            inputs: components["schemas"]["InputOut"][];
            /** Last Seq */
            last_seq: number;
            /** Metadata */
            metadata: {
                [key: string]: unknown;
            };
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /**
             * Pipeline
             * @example text_to_speech
             */
            pipeline: string;
            priority: components["schemas"]["Priority"];
            /** Progress */
            progress: number;
            /**
             * Remaining Seconds
             * @description None where it is not known
             */
            remaining_seconds: number | null;
            /** Stages */
            stages: components["schemas"]["StageOut"][];
            /** Started At */
            started_at: string | null;
            state: components["schemas"]["JobState"];
            /**
             * Status
             * @enum {string}
             */
            status: "processing" | "finished" | "failed";
            /** Version */
            version: number;
        };
        /**
         * JobQuery
         * @description Which jobs: each filter narrows the list, several values of one filter widen it.
         */
        JobQuery: {
            /**
             * Created After
             * @description RFC 3339, exclusive
             */
            created_after?: string | null;
            /**
             * Created Before
             * @description RFC 3339, exclusive
             */
            created_before?: string | null;
            /**
             * Owner
             * @description Whose jobs; `*` is everybody's. Administrators only
             */
            owner?: string | null;
            /**
             * Pipeline
             * @description Any of these pipelines
             */
            pipeline?: string[];
            /**
             * Priority
             * @description Any of these priorities
             */
            priority?: components["schemas"]["Priority"][];
            /**
             * State
             * @description Any of these states
             */
            state?: components["schemas"]["JobState"][];
            /**
             * Status
             * @description The same in words of old clients
             */
            status?: ("pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled")[];
            /**
             * Text
             * @description In the pipeline or the first 300 characters of the description, in any case, or at the beginning of the id
             * @default
             */
            text: string;
            /**
             * Type
             * @description The same in words of old clients
             */
            type?: string[];
        };
        /**
         * JobResult
         * @description What became of one job: 200, or why not.
         */
        JobResult: {
            /** Id */
            id: string;
            problem?: components["schemas"]["Problem"] | null;
            /**
             * Status
             * @example 200
             */
            status: number;
        };
        /**
         * JobState
         * @enum {string}
         */
        JobState: "queued" | "running" | "waiting" | "paused" | "succeeded" | "failed" | "cancelled";
        /**
         * JobSummaryOut
         * @description A job as lists show it: without parameters, parts, waits and artifacts.
         */
        JobSummaryOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Current Stage */
            current_stage: string | null;
            /** Description */
            description: string;
            error: components["schemas"]["ErrorOut"] | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Generation
             * @description How often it was started: 1, and one more for each retry
             */
            generation: number;
            /**
             * Id
             * @example job_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            id: string;
            /** Last Seq */
            last_seq: number;
            /** Metadata */
            metadata: {
                [key: string]: unknown;
            };
            /**
             * Pipeline
             * @example text_to_speech
             */
            pipeline: string;
            priority: components["schemas"]["Priority"];
            /** Progress */
            progress: number;
            /**
             * Remaining Seconds
             * @description None where it is not known
             */
            remaining_seconds: number | null;
            /** Stages */
            stages: components["schemas"]["StageSummaryOut"][];
            /** Started At */
            started_at: string | null;
            state: components["schemas"]["JobState"];
            /**
             * Status
             * @enum {string}
             */
            status: "processing" | "finished" | "failed";
            /** Version */
            version: number;
        };
        /**
         * JobUseOut
         * @description A job that reads the asset.
         */
        JobUseOut: {
            /**
             * Id
             * @example job_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            id: string;
            /** Pipeline */
            pipeline: string;
            /** State */
            state: string;
        };
        /** KeyList */
        KeyList: {
            /** Keys */
            keys: components["schemas"]["KeyOut"][];
        };
        /**
         * KeyMade
         * @description `key` is shown this once, and kept nowhere.
         */
        KeyMade: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Hint */
            hint: string;
            /** Id */
            id: string;
            /**
             * Key
             * @example sk_...
             */
            key: string;
            /**
             * Last Used At
             * @description To the minute
             */
            last_used_at: string | null;
            /** Name */
            name: string;
            /** Scopes */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * KeyOut
         * @description `hint` is how the key begins.
         */
        KeyOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Hint */
            hint: string;
            /** Id */
            id: string;
            /**
             * Last Used At
             * @description To the minute
             */
            last_used_at: string | null;
            /** Name */
            name: string;
            /** Scopes */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * LineResult
         * @description What became of one line: 202 with the job, or why not.
         */
        LineResult: {
            /**
             * Id
             * @example job_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            id?: string | null;
            /**
             * Is Replay
             * @description Whether an earlier request with the same key made the job
             * @default false
             */
            is_replay: boolean;
            /**
             * Line
             * @description Counted from 1, without empty ones
             */
            line: number;
            problem?: components["schemas"]["Problem"] | null;
            /**
             * Status
             * @example 202
             */
            status: number;
        };
        /**
         * LinkOut
         * @description Opens one file for whoever holds it, until it expires. A URL without a host is on this server.
         */
        LinkOut: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Url */
            url: string;
        };
        /**
         * LinkWish
         * @description `inline` is for showing pictures, sound and video in place; everything else is a file to keep.
         */
        LinkWish: {
            /**
             * Disposition
             * @default attachment
             * @enum {string}
             */
            disposition: "attachment" | "inline";
            /** @default original */
            role: components["schemas"]["FileRole"];
            /**
             * Seconds
             * @default 900
             * @example 60
             */
            seconds: number;
        };
        /**
         * Login
         * @description With `cookie` the refresh token comes as a cookie that no script can read.
         */
        Login: {
            /**
             * Cookie
             * @default false
             */
            cookie: boolean;
            /**
             * Login
             * @description E-mail address or user name
             * @example ann
             */
            login: string;
            /**
             * Password
             * @example four words drawn at random
             */
            password: string;
            /**
             * Remember
             * @description Stay signed in for weeks, not hours
             * @default false
             */
            remember: boolean;
        };
        /**
         * LogLineOut
         * @description `id` is the `after` of the lines that follow.
         */
        LogLineOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Attempt */
            attempt: number;
            /** Id */
            id: number;
            /** Line */
            line: string;
            /** Stage */
            stage: string;
        };
        /**
         * MadeByOut
         * @description An engine that the stage worked with. What it does not say of itself is null.
         */
        MadeByOut: {
            /**
             * Engine
             * @example flite
             */
            engine: string;
            /** Seed */
            seed: number | null;
            /**
             * Version
             * @description Of the package that brings the engine; empty where it is not known
             */
            version: string;
            /**
             * Voice
             * @example slt
             */
            voice: string | null;
        };
        /** ModelList */
        ModelList: {
            /** Data */
            data: components["schemas"]["ModelOut"][];
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
        };
        /**
         * ModelOut
         * @description `created` is not known and 0.
         */
        ModelOut: {
            /**
             * Created
             * @default 0
             */
            created: number;
            /**
             * Id
             * @example tts-1
             */
            id: string;
            /**
             * Object
             * @default model
             * @constant
             */
            object: "model";
            /**
             * Owned By
             * @default soundstage
             */
            owned_by: string;
        };
        /** NamedVoiceList */
        NamedVoiceList: {
            /** Voices */
            voices: components["schemas"]["NamedVoiceOut"][];
        };
        /** NamedVoiceOut */
        NamedVoiceOut: {
            /**
             * Id
             * @example alloy
             */
            id: string;
            /** Name */
            name: string;
        };
        /** NewAccount */
        NewAccount: {
            /**
             * Display Name
             * @description What others see, in any script
             * @default
             */
            display_name: string;
            /**
             * Email
             * @example ann@example.com
             */
            email: string;
            /** Language */
            language?: string | null;
            /**
             * Password
             * @description 10 to 256 characters
             * @example four words drawn at random
             */
            password: string;
            /**
             * Username
             * @description 3 to 32 of a-z, digits, `.`, `_`, `-`
             * @example ann
             */
            username: string;
        };
        /**
         * NewJob
         * @description An order. `metadata` is the caller's own and comes back as it was given.
         * @example {
         *       "params": {
         *         "text": "Good morning."
         *       },
         *       "pipeline": "text_to_speech"
         *     }
         */
        NewJob: {
            /**
             * Description
             * @description For people
             * @default
             */
            description: string;
            /** Metadata */
            metadata?: {
                [key: string]: unknown;
            };
            /**
             * Params
             * @description Checked against the pipeline's schema
             */
            params?: {
                [key: string]: unknown;
            };
            /**
             * Pipeline
             * @description The kind of an installed pipeline; `video_generation` is `talking_head`
             */
            pipeline: string;
            /** @default normal */
            priority: components["schemas"]["Priority"];
        };
        /** NewKey */
        NewKey: {
            /**
             * Expires In Days
             * @description Never, where it is left out
             */
            expires_in_days?: number | null;
            /**
             * Name
             * @example build server
             */
            name: string;
            /**
             * Scopes
             * @example [
             *       "jobs:read",
             *       "jobs:write"
             *     ]
             */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * NewShare
         * @description How long the link is good.
         * @example {
         *       "expires_in_days": 7
         *     }
         */
        NewShare: {
            /**
             * Expires In Days
             * @default 30
             */
            expires_in_days: number;
        };
        /** NewUserByAdmin */
        NewUserByAdmin: {
            /**
             * Display Name
             * @description What others see, in any script
             * @default
             */
            display_name: string;
            /**
             * Email
             * @example ann@example.com
             */
            email: string;
            /** Language */
            language?: string | null;
            /**
             * Password
             * @description 10 to 256 characters
             * @example four words drawn at random
             */
            password: string;
            /** @default free */
            plan: components["schemas"]["Plan"];
            /** @default user */
            role: components["schemas"]["Role"];
            /**
             * Username
             * @description 3 to 32 of a-z, digits, `.`, `_`, `-`
             * @example ann
             */
            username: string;
        };
        /**
         * NewWebhookIn
         * @example {
         *       "events": [
         *         "job.succeeded"
         *       ],
         *       "url": "https://hooks.example.com/jobs"
         *     }
         */
        NewWebhookIn: {
            /**
             * Description
             * @description For people
             * @default
             */
            description: string;
            /**
             * Events
             * @default [
             *       "*"
             *     ]
             */
            events: components["schemas"]["WebhookEvent"][];
            /**
             * Is Active
             * @default true
             */
            is_active: boolean;
            /**
             * Url
             * @description http or https; a host that is on the public internet
             */
            url: string;
        };
        /**
         * OwnerStorageOut
         * @description `asset_bytes` is what `limit_bytes` bounds, with what is promised to uploads; null without limit.
         */
        OwnerStorageOut: {
            /** Artifact Bytes */
            artifact_bytes: number;
            /** Asset Bytes */
            asset_bytes: number;
            /** Limit Bytes */
            limit_bytes: number | null;
            /** Owner */
            owner: string;
            plan: components["schemas"]["Plan"] | null;
            /** Username */
            username: string | null;
        };
        /**
         * PartOut
         * @description What one attempt does: the whole stage, or one item of it.
         */
        PartOut: {
            /** Attempt */
            attempt: number;
            error: components["schemas"]["ErrorOut"] | null;
            /** Failures */
            failures: number;
            /** Finished At */
            finished_at: string | null;
            /** Id */
            id: number;
            /**
             * Item
             * @description The index of the item in a stage that has items
             */
            item: number | null;
            /** Losses */
            losses: number;
            /** Message */
            message: string | null;
            /** Progress */
            progress: number;
            /** Started At */
            started_at: string | null;
            state: components["schemas"]["PartState"];
            wait: components["schemas"]["WaitOut"] | null;
            /** Worker */
            worker: string | null;
        };
        /**
         * PartState
         * @description The states of a part, and of a stage as the sum of its parts.
         * @enum {string}
         */
        PartState: "pending" | "ready" | "active" | "waiting" | "completed" | "failed" | "skipped" | "cancelled";
        /** PasswordIn */
        PasswordIn: {
            /**
             * New Password
             * @example another four drawn words
             */
            new_password: string;
            /**
             * Old Password
             * @example four words drawn at random
             */
            old_password: string;
        };
        /** PipelineList */
        PipelineList: {
            /** Pipelines */
            pipelines: components["schemas"]["PipelineOut"][];
        };
        /**
         * PipelineOut
         * @description `params` is the JSON Schema of the parameters of a job.
         */
        PipelineOut: {
            /** Description */
            description: string;
            /**
             * Kind
             * @example text_to_speech
             */
            kind: string;
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /** Stages */
            stages: components["schemas"]["PipelineStageOut"][];
            /** Title */
            title: string;
            /** Version */
            version: number;
        };
        /**
         * PipelineStageOut
         * @description `weight` is the stage's share of the job in percent; `has_items` says that it runs once for each item.
         */
        PipelineStageOut: {
            /** Has Items */
            has_items: boolean;
            /**
             * Key
             * @example GENERATION
             */
            key: string;
            kind: components["schemas"]["StageKind"];
            /**
             * Label
             * @example Speaking
             */
            label: string;
            /**
             * Queue
             * @example cpu
             */
            queue: string;
            /**
             * Weight
             * @example 70
             */
            weight: number;
        };
        /** PipelineStatus */
        PipelineStatus: {
            /** Stages */
            stages: components["schemas"]["StageStatus"][];
        };
        /**
         * Plan
         * @enum {string}
         */
        Plan: "free" | "pro";
        /**
         * PlannedUpload
         * @description A file that will be sent. Without a kind the asset becomes what its content shows.
         * @example {
         *       "kind": "portrait",
         *       "name": "ann.jpg",
         *       "size_bytes": 183422
         *     }
         */
        PlannedUpload: {
            kind?: components["schemas"]["AssetKind"] | null;
            /**
             * Media Type
             * @default application/octet-stream
             */
            media_type: string;
            /** Name */
            name: string;
            /**
             * Sha256
             * @description Checked when the bytes are there
             */
            sha256?: string | null;
            /** Size Bytes */
            size_bytes: number;
            /** Tags */
            tags?: string[];
        };
        /**
         * PlannedUploadOut
         * @description Send the bytes to `upload`, then POST to `/api/assets/{id}/confirm`.
         */
        PlannedUploadOut: {
            asset: components["schemas"]["AssetOut"];
            upload: components["schemas"]["UploadPlace"];
        };
        /**
         * Priority
         * @enum {string}
         */
        Priority: "low" | "normal" | "high" | "urgent";
        /**
         * Problem
         * @description Why a request failed. `code` is stable; `detail` and `hint` are for people; the log has the `request_id` too.
         */
        Problem: {
            /**
             * Code
             * @example job_not_found
             */
            code: string;
            /**
             * Detail
             * @example There is no job job_06fk3v8q2s5d1n7x9b4c0m8r3t.
             */
            detail: string;
            /**
             * Errors
             * @description Of a 422, where it is known which fields are wrong
             * @default null
             */
            errors: components["schemas"]["FieldErrorOut"][] | null;
            /**
             * Hint
             * @default
             */
            hint: string;
            /**
             * Request Id
             * @default
             * @example req_5f0c2a9be8d14736a1b2c3d4
             */
            request_id: string;
            /**
             * Status
             * @example 404
             */
            status: number;
            /**
             * Title
             * @example There is no such job.
             */
            title: string;
            /**
             * Type
             * @example urn:soundstage:problem:job_not_found
             */
            type: string;
        };
        /**
         * ProfileIn
         * @description What is left out stays. A new e-mail address needs the password.
         */
        ProfileIn: {
            /**
             * Display Name
             * @example Ann
             */
            display_name?: string | null;
            /** Email */
            email?: string | null;
            /**
             * Language
             * @example pt
             */
            language?: string | null;
            /** Password */
            password?: string | null;
            /** Username */
            username?: string | null;
        };
        /**
         * ProjectOut
         * @description Old clients read `status` and `progress`; `pipeline` is lifted out of `metadata`, where it is as well.
         */
        ProjectOut: {
            /** Completed At */
            completed_at: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Current Stage
             * @example INFERENCE
             */
            current_stage: string | null;
            /**
             * Error
             * @description Why it failed; `current_stage` says where
             */
            error: string | null;
            /** Id */
            id: string;
            /** Metadata */
            metadata: {
                [key: string]: unknown;
            };
            /** Name */
            name: string;
            pipeline: components["schemas"]["PipelineStatus"];
            /** Progress */
            progress: number;
            /**
             * Results
             * @description What the last stage left
             */
            results: components["schemas"]["ResultOut"][];
            /**
             * Status
             * @enum {string}
             */
            status: "processing" | "finished" | "failed";
        };
        /** Proof */
        Proof: {
            /**
             * Password
             * @example four words drawn at random
             */
            password: string;
        };
        /**
         * Quality
         * @description What to expect: classical means, a model on this machine, or a service that costs money.
         * @enum {string}
         */
        Quality: "draft" | "model" | "cloud";
        /** QueueList */
        QueueList: {
            /** Queues */
            queues: components["schemas"]["QueueOut"][];
        };
        /**
         * QueueOut
         * @description A paused queue is `draining` while parts of it run. `oldest_seconds` tells how long the first part waits.
         */
        QueueOut: {
            /** Active Parts */
            active_parts: number;
            /**
             * Name
             * @example gpu
             */
            name: string;
            /** Oldest Seconds */
            oldest_seconds: number;
            pause: components["schemas"]["QueuePauseOut"] | null;
            /** Ready By Priority */
            ready_by_priority: {
                [key: string]: number;
            };
            /** Ready Parts */
            ready_parts: number;
            /**
             * Retrying Parts
             * @description Those that wait for their next try, or to look outside again
             */
            retrying_parts: number;
            state: components["schemas"]["QueueState"];
            /**
             * Workers
             * @description How many worker processes serve it
             */
            workers: number;
        };
        /**
         * QueuePauseIn
         * @description Why, for those who wonder later.
         * @example {
         *       "reason": "A new graphics card"
         *     }
         */
        QueuePauseIn: {
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /**
         * QueuePauseOut
         * @description `by` is the id of the administrator, or `local` for the command line; `by_name` the user name, if any.
         */
        QueuePauseOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By */
            by: string;
            /** By Name */
            by_name: string | null;
            /** Reason */
            reason: string;
        };
        /**
         * QueueState
         * @description A queue that is paused drains as long as parts of it still run.
         * @enum {string}
         */
        QueueState: "open" | "draining" | "paused";
        /** Readiness */
        Readiness: {
            /** Checks */
            checks: components["schemas"]["Check"][];
            /** Ready */
            ready: boolean;
        };
        /**
         * Refresh
         * @description Without a token: the one in the cookie.
         */
        Refresh: {
            /**
             * Refresh Token
             * @example rt_ses_...
             */
            refresh_token?: string | null;
        };
        /**
         * Report
         * @description How far the work is. Less than before is taken, and changes nothing.
         */
        Report: {
            /**
             * Item
             * @description Which, where several items of the stage wait
             */
            item?: number | null;
            /** Message */
            message?: string | null;
            /**
             * Percent
             * @example 40
             */
            percent: number;
            /**
             * Stage
             * @example RENDER
             */
            stage: string;
        };
        /** ReportOut */
        ReportOut: {
            /** Message */
            message: string | null;
            /** Part */
            part: number;
            /** Percent */
            percent: number;
        };
        /**
         * Result
         * @description What the stage waits for: one of the actions that it offers, and data for it.
         */
        Result: {
            /**
             * Action
             * @default continue
             */
            action: string;
            /** Data */
            data?: {
                [key: string]: unknown;
            };
            /**
             * Item
             * @description Which, where several items of the stage wait
             */
            item?: number | null;
            /**
             * Stage
             * @example RENDER
             */
            stage: string;
        };
        /** ResultOut */
        ResultOut: {
            /**
             * Name
             * @example video.mp4
             */
            name: string;
            /** Url */
            url: string;
        };
        /**
         * Retry
         * @description Without `from`: where the job failed. With changed parameters they replace those of the same name.
         */
        Retry: {
            /**
             * From
             * @example GENERATION
             */
            from?: string | null;
            /** Params */
            params?: {
                [key: string]: unknown;
            };
        };
        /**
         * Role
         * @enum {string}
         */
        Role: "user" | "admin";
        /**
         * Scope
         * @description What a way in allows. A session has all of its role; an API key those that it was given.
         * @enum {string}
         */
        Scope: "jobs:read" | "jobs:write" | "jobs:progress" | "assets:read" | "assets:write" | "webhooks" | "account" | "admin";
        /**
         * ServiceHealth
         * @description Healthy where an engine is ready; what to expect of it is its `quality`.
         */
        ServiceHealth: {
            /** Engines */
            engines: components["schemas"]["EngineHealth"][];
            /**
             * Service
             * @enum {string}
             */
            service: "tts" | "video";
            /**
             * Status
             * @enum {string}
             */
            status: "healthy" | "unavailable";
        };
        /** SessionList */
        SessionList: {
            /** Sessions */
            sessions: components["schemas"]["SessionOut"][];
        };
        /** SessionOut */
        SessionOut: {
            /** Address */
            address: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Id */
            id: string;
            /** Is Current */
            is_current: boolean;
            /** Is Remembered */
            is_remembered: boolean;
            /**
             * Last Used At
             * Format: date-time
             */
            last_used_at: string;
            /** User Agent */
            user_agent: string;
        };
        /**
         * SharedFileOut
         * @description `url` shows it in place where a browser can, `download_url` keeps it. Both are over at `links_expire_at`.
         */
        SharedFileOut: {
            /** Download Url */
            download_url: string;
            /**
             * Media Type
             * @example video/mp4
             */
            media_type: string;
            /**
             * Name
             * @example video.mp4
             */
            name: string;
            /**
             * Role
             * @description `data` is what neither shows nor sounds
             * @enum {string}
             */
            role: "result" | "subtitles" | "thumbnail" | "data";
            /** Size Bytes */
            size_bytes: number;
            /** Url */
            url: string;
        };
        /**
         * SharedOut
         * @description The result of a job, for one who has the link: nothing of its parameters, its owner or its other stages.
         */
        SharedOut: {
            /** Description */
            description: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Files */
            files: components["schemas"]["SharedFileOut"][];
            /**
             * Links Expire At
             * Format: date-time
             * @description After it, ask again for new links to the files
             */
            links_expire_at: string;
            /** Made At */
            made_at: string | null;
            /**
             * Pipeline
             * @example full_pipeline
             */
            pipeline: string;
            /**
             * Pipeline Title
             * @example Script to video
             */
            pipeline_title: string;
        };
        /** ShareList */
        ShareList: {
            /** Shares */
            shares: components["schemas"]["ShareOut"][];
        };
        /**
         * ShareOut
         * @description Whoever has the `url` sees the result until `expires_at`. `token` is its last part, and all that is secret.
         */
        ShareOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Id
             * @example shr_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            id: string;
            /**
             * Token
             * @example shr_06fk3v8q2s5d1n7x9b4c0m8r3t.c2VhbGVkLXdpdGgtYS1rZXk
             */
            token: string;
            /**
             * Url
             * @example https://studio.example/s/shr_06fk3v8q2s5d1n7x9b4c0m8r3t.c2VhbGVkLXdpdGgtYS1rZXk
             */
            url: string;
        };
        /**
         * SignedInOut
         * @description Send the access token as `Authorization: Bearer ...`; get a new one with the refresh token before it expires.
         *
         *     `refresh_token` is None where it is in the cookie. Each refresh gives a new one; the old one is used up.
         */
        SignedInOut: {
            /** Access Token */
            access_token: string;
            /**
             * Expires In
             * @description Seconds that the access token is good for
             */
            expires_in: number;
            /** Refresh Token */
            refresh_token: string | null;
            /**
             * Session Expires At
             * Format: date-time
             */
            session_expires_at: string;
            /** Session Id */
            session_id: string;
            /**
             * Token Type
             * @default Bearer
             * @constant
             */
            token_type: "Bearer";
            user: components["schemas"]["UserOut"];
        };
        /**
         * SpeechGeneration
         * @description With a sample of a voice its speaker is cloned.
         */
        SpeechGeneration: {
            /** Engine */
            engine?: string | null;
            /** Format */
            format?: string | null;
            /** @default normal */
            priority: components["schemas"]["Priority"];
            /** Speed */
            speed?: number | null;
            /**
             * Text
             * @example Good morning.
             */
            text: string;
            /**
             * Title
             * @description For people
             * @default
             */
            title: string;
            /**
             * Voice
             * @description A voice of the engine
             */
            voice?: string | null;
            /** Voice Asset Id */
            voice_asset_id?: string | null;
        };
        /**
         * SpeechWish
         * @description What to say. `instructions` are taken and not followed: no engine here can.
         * @example {
         *       "input": "Good morning.",
         *       "model": "tts-1",
         *       "voice": "alloy"
         *     }
         */
        SpeechWish: {
            /** Input */
            input: string;
            /** Instructions */
            instructions?: string | null;
            /** Model */
            model: string;
            /**
             * Response Format
             * @default mp3
             * @enum {string}
             */
            response_format: "mp3" | "opus" | "aac" | "flac" | "wav" | "pcm";
            /**
             * Speed
             * @default 1
             */
            speed: number;
            /**
             * Stream Format
             * @default audio
             * @constant
             */
            stream_format: "audio";
            /**
             * Voice
             * @description A voice of OpenAI, or one of an engine by its own name
             */
            voice: string | components["schemas"]["VoiceId"];
        };
        /**
         * StageAnswer
         * @description A reply to what a stage waits for: one of the offered actions, and data for the stage.
         *
         *     Where several items of the stage wait, `item` says for which one it is.
         */
        StageAnswer: {
            /**
             * Action
             * @example continue
             */
            action: string;
            /** Data */
            data?: {
                [key: string]: unknown;
            };
            /** Item */
            item?: number | null;
        };
        /**
         * StageArtifactOut
         * @description A file, and the stage that left it.
         */
        StageArtifactOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Media Type */
            media_type: string;
            /**
             * Name
             * @example speech.wav
             */
            name: string;
            /**
             * Part
             * @description The id of the part that left it
             */
            part: number;
            /** Sha256 */
            sha256: string;
            /** Size Bytes */
            size_bytes: number;
            /**
             * Stage
             * @example GENERATION
             */
            stage: string;
            /** Url */
            url: string;
        };
        /**
         * StageKind
         * @enum {string}
         */
        StageKind: "automatic" | "manual" | "external";
        /** StageOut */
        StageOut: {
            /** Artifacts */
            artifacts: components["schemas"]["ArtifactOut"][];
            error: components["schemas"]["ErrorOut"] | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Items
             * @description How many items it has; None without items, and until they are listed
             */
            items: number | null;
            /**
             * Key
             * @example GENERATION
             */
            key: string;
            kind: components["schemas"]["StageKind"];
            /**
             * Label
             * @example Speaking
             */
            label: string;
            /**
             * Made By
             * @description The engines that it worked with, once it has completed
             */
            made_by: components["schemas"]["MadeByOut"][];
            /** Parts */
            parts: components["schemas"]["PartOut"][];
            /** Progress */
            progress: number;
            /**
             * Queue
             * @example cpu
             */
            queue: string;
            /**
             * Queue Paused
             * @description It is ready and does not start: an administrator has paused its queue
             */
            queue_paused: boolean;
            /** Started At */
            started_at: string | null;
            state: components["schemas"]["PartState"];
            /**
             * Values
             * @description What the stage found out, beside its files
             */
            values: {
                [key: string]: unknown;
            };
            wait: components["schemas"]["WaitOut"] | null;
            /** Weight */
            weight: number;
        };
        /** StageStatus */
        StageStatus: {
            /** Completed At */
            completed_at: string | null;
            /**
             * Key
             * @example INFERENCE
             */
            key: string;
            /**
             * Label
             * @example Animating the portrait
             */
            label: string;
            /** Progress */
            progress: number;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "active" | "completed" | "failed";
        };
        /** StageSummaryOut */
        StageSummaryOut: {
            error: components["schemas"]["ErrorOut"] | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Items
             * @description How many items it has; None without items, and until they are listed
             */
            items: number | null;
            /**
             * Key
             * @example GENERATION
             */
            key: string;
            kind: components["schemas"]["StageKind"];
            /**
             * Label
             * @example Speaking
             */
            label: string;
            /** Progress */
            progress: number;
            /**
             * Queue Paused
             * @description It is ready and does not start: an administrator has paused its queue
             */
            queue_paused: boolean;
            /** Started At */
            started_at: string | null;
            state: components["schemas"]["PartState"];
            /** Weight */
            weight: number;
        };
        /** StatisticsList */
        StatisticsList: {
            /** Days */
            days: number;
            /** Pipelines */
            pipelines: components["schemas"]["StatisticsOut"][];
        };
        /**
         * StatisticsOut
         * @description How the jobs of a pipeline ended. `success_rate`, 0..1, leaves out what was cancelled.
         */
        StatisticsOut: {
            /** Cancelled */
            cancelled: number;
            /** Failed */
            failed: number;
            /**
             * Median Seconds
             * @description From start to end, of those that succeeded
             */
            median_seconds: number | null;
            /**
             * Pipeline
             * @example text_to_speech
             */
            pipeline: string;
            /** Succeeded */
            succeeded: number;
            /**
             * Success Rate
             * @description Null where none ran to an end
             */
            success_rate: number | null;
        };
        /** Stem */
        Stem: {
            /**
             * Name
             * @example vocal
             */
            name: string;
            /** Url */
            url: string;
        };
        /**
         * StemsOut
         * @description `stems` are those that are done, each as soon as it is; all of them when `ready`. `error` where it failed.
         */
        StemsOut: {
            /** Error */
            error?: string | null;
            /** Progress */
            progress: number;
            /** Project Id */
            project_id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "ready" | "failed";
            /** Stems */
            stems?: components["schemas"]["Stem"][] | null;
        };
        /**
         * StorageOut
         * @description What is stored. Bytes that are equal are stored once: `total` counts them once, each content counts its own.
         *
         *     Files that only a parameter of a job names are not counted. The disk is that of the home folder.
         */
        StorageOut: {
            /** By Content */
            by_content: {
                [key: string]: components["schemas"]["FillingOut"];
            };
            /** Disk Free Bytes */
            disk_free_bytes: number;
            /** Disk Total Bytes */
            disk_total_bytes: number;
            /**
             * Owners
             * @description The 20 with the most bytes
             */
            owners: components["schemas"]["OwnerStorageOut"][];
            total: components["schemas"]["FillingOut"];
        };
        /**
         * TestResultOut
         * @description What the receiver said to `webhook.test`. `excerpt` is the cleaned beginning of its words.
         */
        TestResultOut: {
            /** Error */
            error: string | null;
            /** Excerpt */
            excerpt: string;
            /** Is Success */
            is_success: boolean;
            /** Seconds */
            seconds: number;
            /** Status */
            status: number | null;
        };
        /**
         * TicketOut
         * @description Good once, as `?ticket=` of a stream.
         */
        TicketOut: {
            /** Expires In */
            expires_in: number;
            /** Ticket */
            ticket: string;
        };
        /**
         * TickOut
         * @description How far a running part is, 0..1; only the newest counts. Without an `item` the part is the whole stage.
         */
        TickOut: {
            /** Attempt */
            attempt: number;
            /** Fraction */
            fraction: number;
            /**
             * Item
             * @description The index of the item in a stage that has items
             */
            item: number | null;
            /** Job */
            job: string;
            /** Message */
            message: string | null;
            /** Part */
            part: number;
            /**
             * Stage
             * @example GENERATION
             */
            stage: string;
        };
        /** TokenWish */
        TokenWish: {
            /**
             * Seconds
             * @description How long the token is good
             * @default 86400
             * @example 3600
             */
            seconds: number;
        };
        /** UploadOut */
        UploadOut: {
            /** Project Id */
            project_id: string;
            /**
             * Status
             * @default processing
             * @constant
             */
            status: "processing";
        };
        /**
         * UploadPlace
         * @description Where the bytes go: one request with this method and these headers. A URL without a host is on this server.
         */
        UploadPlace: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Headers */
            headers: {
                [key: string]: string;
            };
            /**
             * Method
             * @default PUT
             * @constant
             */
            method: "PUT";
            /** Url */
            url: string;
        };
        /**
         * UsageOut
         * @description In bytes; None is no limit. What is promised to uploads under way counts as used.
         */
        UsageOut: {
            /** Storage Bytes */
            storage_bytes: number | null;
            /** Upload Bytes */
            upload_bytes: number | null;
            /** Used Bytes */
            used_bytes: number;
        };
        /**
         * UserChangeIn
         * @description What is left out stays.
         */
        UserChangeIn: {
            /** Is Disabled */
            is_disabled?: boolean | null;
            /** @example pro */
            plan?: components["schemas"]["Plan"] | null;
            role?: components["schemas"]["Role"] | null;
        };
        /**
         * UserList
         * @description Newest first. `next` is the `before` of the following page; None on the last.
         */
        UserList: {
            /** Next */
            next: string | null;
            /** Users */
            users: components["schemas"]["UserOut"][];
        };
        /** UserOut */
        UserOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Display Name */
            display_name: string;
            /** Email */
            email: string;
            /**
             * Id
             * @example user_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            id: string;
            /** Is Disabled */
            is_disabled: boolean;
            /** Language */
            language: string | null;
            /** Last Login At */
            last_login_at: string | null;
            plan: components["schemas"]["Plan"];
            role: components["schemas"]["Role"];
            /** Username */
            username: string;
        };
        /**
         * VideoGeneration
         * @description A portrait that says what is heard in a recording, or what stands in a script.
         */
        VideoGeneration: {
            /** Audio Asset Id */
            audio_asset_id?: string | null;
            /** Fps */
            fps?: number | null;
            /** Height */
            height?: number | null;
            /**
             * Portrait Asset Id
             * @description The id of one of the caller's assets
             * @example asset_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            portrait_asset_id: string;
            /** @default normal */
            priority: components["schemas"]["Priority"];
            /** Script */
            script?: string | null;
            /**
             * Title
             * @description For people
             * @default
             */
            title: string;
            /**
             * Voice
             * @description Who speaks the script
             */
            voice?: string | null;
            /** Width */
            width?: number | null;
        };
        /**
         * VideoOut
         * @description `duration` in seconds: of the finished video, before that the wanted one.
         */
        VideoOut: {
            /** Completedat */
            completedAt: string | null;
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Currentstage */
            currentStage: string | null;
            /** Duration */
            duration: number | null;
            /** Error */
            error: string | null;
            /** Metadata */
            metadata: {
                [key: string]: unknown;
            };
            /** Niche */
            niche: string;
            /** Postid */
            postId: string | null;
            /** Progress */
            progress: number;
            /** Prompt */
            prompt: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "processing" | "completed" | "failed";
            /** Thumbnailurl */
            thumbnailUrl: string | null;
            /** Videoid */
            videoId: string;
            /** Videourl */
            videoUrl: string | null;
        };
        /** VideoProgress */
        VideoProgress: {
            /** Currentstage */
            currentStage: string | null;
            /** Error */
            error: string | null;
            /** Progress */
            progress: number;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "processing" | "completed" | "failed";
            /** Videoid */
            videoId: string;
        };
        /**
         * VideoWish
         * @description `niche` and `postId` come back as they were given.
         * @example {
         *       "niche": "travel",
         *       "prompt": "A lighthouse in a storm"
         *     }
         */
        VideoWish: {
            /**
             * Duration
             * @description Seconds
             * @default 30
             */
            duration: number;
            /**
             * Niche
             * @default general
             */
            niche: string;
            /** Postid */
            postId?: string | null;
            /** Prompt */
            prompt: string;
            /**
             * Scenecount
             * @default 3
             */
            sceneCount: number;
        };
        /** VoiceId */
        VoiceId: {
            /** Id */
            id: string;
        };
        /** VoiceList */
        VoiceList: {
            /** Voices */
            voices: components["schemas"]["VoiceOut"][];
        };
        /** VoiceOut */
        VoiceOut: {
            /**
             * Engine
             * @example flite
             */
            engine: string;
            /**
             * Language
             * @example en-US
             */
            language: string;
            /**
             * Name
             * @example slt
             */
            name: string;
            /** Title */
            title: string;
        };
        /**
         * WaitKind
         * @description Why a part waits: for a person, for a file or callback, or for its next try after an error.
         * @enum {string}
         */
        WaitKind: "manual" | "external" | "backoff";
        /**
         * WaitOut
         * @description What a part waits for, and the actions that answer it. At `due_at` it goes on, or fails, by itself.
         */
        WaitOut: {
            /** Actions */
            actions: string[];
            /** Due At */
            due_at: string | null;
            kind: components["schemas"]["WaitKind"];
            /** Reason */
            reason: string;
        };
        /**
         * WebhookChangeIn
         * @description What is to be different. Turning a webhook off also gives up what still waits for it.
         */
        WebhookChangeIn: {
            /** Description */
            description?: string | null;
            /** Events */
            events?: components["schemas"]["WebhookEvent"][] | null;
            /**
             * Is Active
             * @example false
             */
            is_active?: boolean | null;
            /** Url */
            url?: string | null;
        };
        /**
         * WebhookEvent
         * @description What a webhook can hear of; `*` is everything, also what comes with later versions.
         * @enum {string}
         */
        WebhookEvent: "job.started" | "job.waiting" | "job.succeeded" | "job.failed" | "job.cancelled" | "*";
        /**
         * WebhookList
         * @description Oldest first; there are at most twenty.
         */
        WebhookList: {
            /** Webhooks */
            webhooks: components["schemas"]["WebhookOut"][];
        };
        /**
         * WebhookOut
         * @description `off_reason` tells why Soundstage turned it off by itself. `old_secret_until` is set while two secrets sign.
         */
        WebhookOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Description */
            description: string;
            /** Events */
            events: components["schemas"]["WebhookEvent"][];
            /**
             * Id
             * @example wh_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            id: string;
            /** Is Active */
            is_active: boolean;
            /** Off Reason */
            off_reason: string | null;
            /** Old Secret Until */
            old_secret_until: string | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Url */
            url: string;
        };
        /**
         * WebhookWithSecretOut
         * @description The only answers that hold the secret: it is not shown again.
         */
        WebhookWithSecretOut: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Description */
            description: string;
            /** Events */
            events: components["schemas"]["WebhookEvent"][];
            /**
             * Id
             * @example wh_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            id: string;
            /** Is Active */
            is_active: boolean;
            /** Off Reason */
            off_reason: string | null;
            /** Old Secret Until */
            old_secret_until: string | null;
            /**
             * Secret
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Url */
            url: string;
        };
        /** WorkerList */
        WorkerList: {
            /** Workers */
            workers: components["schemas"]["WorkerOut"][];
        };
        /**
         * WorkerOut
         * @description A worker process. A lost one has not been heard of for a while: what it ran soon starts again elsewhere.
         */
        WorkerOut: {
            /**
             * Beat At
             * Format: date-time
             * @description When it was last heard of
             */
            beat_at: string;
            /** Host */
            host: string;
            /**
             * Id
             * @example worker_4711_9f86d081
             */
            id: string;
            /** Pid */
            pid: number;
            /**
             * Queues
             * @example [
             *       "cpu",
             *       "gpu",
             *       "io"
             *     ]
             */
            queues: string[];
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            state: components["schemas"]["WorkerState"];
            work: components["schemas"]["WorkOut"] | null;
        };
        /**
         * WorkerState
         * @description A lost worker has not been heard of for a lease; its part is put back within seconds.
         * @enum {string}
         */
        WorkerState: "idle" | "busy" | "lost";
        /**
         * WorkOut
         * @description The part that a worker runs; `started_at` is when this attempt began.
         */
        WorkOut: {
            /** Attempt */
            attempt: number;
            /**
             * Item
             * @description The index of the item in a stage that has items
             */
            item: number | null;
            /**
             * Job
             * @example job_06fk3v8q2s5d1n7x9b4c0m8r3t
             */
            job: string;
            /**
             * Label
             * @example Speaking
             */
            label: string;
            /**
             * Message
             * @example Sentence 3 of 8
             */
            message: string | null;
            /**
             * Pipeline
             * @example text_to_speech
             */
            pipeline: string;
            /** Progress */
            progress: number;
            /**
             * Stage
             * @example GENERATION
             */
            stage: string;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_audit: {
        parameters: {
            query?: {
                action?: string | null;
                actor?: string | null;
                /** @description The `next` of the page before */
                before?: number | null;
                limit?: number;
                target?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_failures: {
        parameters: {
            query?: {
                /** @description How far to look back */
                hours?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_queues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pause_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a queue */
                queue: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["QueuePauseIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a queue */
                queue: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_storage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: {
                before?: string | null;
                is_disabled?: boolean | null;
                limit?: number;
                plan?: components["schemas"]["Plan"] | null;
                role?: components["schemas"]["Role"] | null;
                text?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUserByAdmin"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a user */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a user */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a user */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChangeIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_user_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a user */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ended"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_workers: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkerList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_assets: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                cursor?: string | null;
                /** @description Any of these kinds */
                kind?: components["schemas"]["AssetKind"][];
                limit?: number;
                sort?: components["schemas"]["AssetSort"];
                /** @description Any of these states */
                state?: components["schemas"]["AssetState"][];
                /** @description All of these tags */
                tag?: string[];
                /** @description In the name */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_asset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    /** @enum {string} */
                    kind?: "portrait" | "voice_sample" | "script" | "audio" | "video" | "image" | "dataset_zip";
                    /** @description Else the name of the file */
                    name?: string;
                    /** @description Separated by commas, or the field many times */
                    tags?: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_asset: {
        parameters: {
            query?: {
                /** @description Also where unfinished jobs need it: they keep its bytes */
                force?: boolean;
            };
            header?: never;
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssetChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirm_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_asset_link: {
        parameters: {
            query: {
                as: string;
                role: components["schemas"]["FileRole"];
            };
            header?: {
                "if-none-match"?: string;
            };
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The part that `Range` asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What `If-None-Match` names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_asset_jobs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobUseOut"][];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    link_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkWish"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_asset_peaks: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string;
            };
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The part that `Range` asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What `If-None-Match` names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_asset_thumbnail: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string;
            };
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The part that `Range` asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What `If-None-Match` names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_upload: {
        parameters: {
            query?: never;
            header: {
                "upload-checksum"?: string | null;
                "upload-length": number;
                "upload-metadata"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_tus_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    abandon_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    append_to_upload: {
        parameters: {
            query?: never;
            header: {
                "upload-checksum"?: string | null;
                "upload-offset": number;
            };
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    plan_upload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlannedUpload"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlannedUploadOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of an asset */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_asset_usage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_api_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyMade"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_own_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Proof"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Refresh"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    log_out_everywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Refresh"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstAccount"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_engines: {
        parameters: {
            query?: {
                /** @description Only those for it */
                capability?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EngineList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    follow_all_events: {
        parameters: {
            query?: {
                /** @description Only what came after this cursor */
                after?: string | null;
                /** @description From POST /api/auth/tickets, instead of the header: opens one stream, once */
                ticket?: string | null;
            };
            header?: {
                /** @description What a browser's EventSource sends when it comes back */
                "last-event-id"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Facts with their cursor as `id`, and `tick` events without one; `bye` ends the stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    store_file: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generate_speech: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SpeechGeneration"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerationOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_speech_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceHealth"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generate_video: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VideoGeneration"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerationOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_video_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceHealth"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_jobs: {
        parameters: {
            query?: {
                /** @description RFC 3339, exclusive */
                created_after?: string | null;
                /** @description RFC 3339, exclusive */
                created_before?: string | null;
                /** @description The `next` of the page before */
                cursor?: string | null;
                /** @description `full` adds parameters, parts, waits and artifacts */
                detail?: "summary" | "full";
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
                limit?: number;
                /** @description Whose jobs; `*` is everybody's. Administrators only */
                owner?: string | null;
                /** @description Any of these pipelines */
                pipeline?: string[];
                /** @description Any of these priorities */
                priority?: components["schemas"]["Priority"][];
                /** @description `-` turns an order round. `-priority` begins with urgent jobs; by `finished_at`, those that have not ended come last */
                sort?: components["schemas"]["JobOrder"];
                /** @description Any of these states */
                state?: components["schemas"]["JobState"][];
                /** @description The same in words of old clients */
                status?: ("pending" | "running" | "waiting" | "paused" | "completed" | "failed" | "cancelled")[];
                /** @description In the pipeline or the first 300 characters of the description, in any case, or at the beginning of the id */
                text?: string;
                /** @description The same in words of old clients */
                type?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_job: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: {
                /** @description A name of this request, so that it makes one job however often it is sent */
                "idempotency-key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewJob"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    /** @description `true` for a repetition */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_job: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_job: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_job: {
        parameters: {
            query?: {
                /** @description Cancel it first where it has not ended */
                cancel?: boolean;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_job: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_artifacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StageArtifactOut"][];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_artifact: {
        parameters: {
            query?: {
                /** @description Which one, where several stages left a file of this name */
                sha256?: string | null;
            };
            header?: {
                "if-none-match"?: string;
            };
            path: {
                /** @description The id of a job */
                job_id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The part that `Range` asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What `If-None-Match` names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_artifact_link: {
        parameters: {
            query: {
                as: string;
                sha256: string;
            };
            header?: {
                "if-none-match"?: string;
            };
            path: {
                /** @description The id of a job */
                job_id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The part that `Range` asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What `If-None-Match` names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    link_artifact: {
        parameters: {
            query?: {
                disposition?: "attachment" | "inline";
                seconds?: number;
                /** @description Which one, where several stages left a file of this name */
                sha256?: string | null;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_attempts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptOut"][];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_job: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    follow_events: {
        parameters: {
            query?: {
                /** @description Only what came after this event */
                after?: number;
                /** @description False: what there is, as a JSON list */
                follow?: boolean;
                /** @description Of the JSON list */
                limit?: number;
                /** @description From POST /api/auth/tickets, instead of the header: opens one stream, once */
                ticket?: string | null;
            };
            header?: {
                /** @description What a browser's EventSource sends when it comes back */
                "last-event-id"?: string | null;
            };
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Facts with their cursor as `id`, and `tick` events without one; `bye` ends the stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>[];
                    "text/event-stream": string;
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issue_executor_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TokenWish"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutorTokenOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_log_lines: {
        parameters: {
            query?: {
                /** @description Only lines with a greater id */
                after?: number | null;
                /** @description Only of attempts of this number */
                attempt?: number | null;
                limit?: number;
                /** @description Only of this stage */
                stage?: string | null;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogLineOut"][];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pause_job: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report_progress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Report"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hand_in_result: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Result"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_job: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry_job: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Retry"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_shares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    share_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewShare"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answer_stage: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
                stage: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StageAnswer"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_jobs: {
        parameters: {
            query?: {
                /** @description All of them or none */
                atomic?: boolean;
            };
            header?: {
                /** @description A name of this request, so that it makes one job however often it is sent */
                "idempotency-key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {"pipeline": "..."} */
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResult"];
                };
            };
            /** @description Some lines were refused */
            207: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResult"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    act_on_jobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            /** @description Some jobs could not be changed */
            207: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_jobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobCounts"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    estimate_job: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EstimateWish"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EstimateOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_job_statistics: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatisticsList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_pipelines: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pipeline: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    v1_list_clones: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectOut"][];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    v1_create_clone: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    audio?: string;
                    /** @example Lesson 3 */
                    name?: string;
                    reference?: string;
                    reference_audio?: string;
                    /** @example Good morning. */
                    text?: string;
                };
                "multipart/form-data": {
                    /** Format: binary */
                    audio?: string;
                    /** @example Lesson 3 */
                    name?: string;
                    /** Format: binary */
                    reference?: string;
                    /** Format: binary */
                    reference_audio?: string;
                    /** @example Good morning. */
                    text?: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    v1_list_speech: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectOut"][];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    v1_create_speech: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Lesson 3 */
                    name?: string;
                    /** @example 1 */
                    speed?: number;
                    /** @example Good morning. */
                    text?: string;
                    voice?: string;
                };
                "multipart/form-data": {
                    /** @example Lesson 3 */
                    name?: string;
                    /** @example 1 */
                    speed?: number;
                    /** @example Good morning. */
                    text?: string;
                    voice?: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    v1_list_projects: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectOut"][];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    v1_create_project: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    audio?: string;
                    image?: string;
                    /** @example Lesson 3 */
                    name?: string;
                    portrait?: string;
                };
                "multipart/form-data": {
                    /** Format: binary */
                    audio?: string;
                    /** Format: binary */
                    image?: string;
                    /** @example Lesson 3 */
                    name?: string;
                    /** Format: binary */
                    portrait?: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    v1_get_project: {
        parameters: {
            query?: {
                /** @description Language of labels; instead of Accept-Language */
                lang?: string | null;
            };
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generate_story_video: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VideoWish"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_story_video: {
        parameters: {
            query: {
                videoId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_story_videos: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoOut"][];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_story_video_status: {
        parameters: {
            query: {
                videoId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoProgress"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_voices: {
        parameters: {
            query?: {
                /** @description `auto`: all engines that are ready */
                engine?: string;
                language?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoiceList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_voice_sample: {
        parameters: {
            query?: {
                /** @description Of the sentence, instead of the voice's */
                lang?: string | null;
            };
            header?: {
                "if-none-match"?: string;
            };
            path: {
                /** @description `auto`: the best engine that has the voice */
                engine: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The part that `Range` asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What `If-None-Match` names is still right */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_webhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhookIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecretOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a webhook */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a webhook */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a webhook */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChangeIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_deliveries: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                before?: string | null;
                limit?: number;
                /** @description Only those in this state */
                state?: components["schemas"]["DeliveryState"] | null;
            };
            header?: never;
            path: {
                /** @description The id of a webhook */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a delivery */
                delivery_id: string;
                /** @description The id of a webhook */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a delivery */
                delivery_id: string;
                /** @description The id of a webhook */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotate_webhook_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a webhook */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecretOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    test_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a webhook */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestResultOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_dead_letters: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                before?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alive"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Something that the server needs is missing */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_stems: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a job */
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StemsOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload_recording: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file?: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadOut"];
                };
            };
            /** @description Why the request failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openai_create_speech: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SpeechWish"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": string;
                };
            };
            /** @description Why the request failed, as OpenAI says it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            param: string | null;
                            type: string;
                        };
                    };
                };
            };
        };
    };
    openai_list_voices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamedVoiceList"];
                };
            };
            /** @description Why the request failed, as OpenAI says it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            param: string | null;
                            type: string;
                        };
                    };
                };
            };
        };
    };
    openai_list_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            /** @description Why the request failed, as OpenAI says it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            param: string | null;
                            type: string;
                        };
                    };
                };
            };
        };
    };
    openai_get_model: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelOut"];
                };
            };
            /** @description Why the request failed, as OpenAI says it */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            param: string | null;
                            type: string;
                        };
                    };
                };
            };
        };
    };
}
