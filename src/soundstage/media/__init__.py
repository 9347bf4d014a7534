"""Media in and out: ffmpeg behind one wrapper, probing, pictures, audio, subtitles, assembly."""
