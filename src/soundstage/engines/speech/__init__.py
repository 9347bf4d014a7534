"""Engines that speak: text in, WAV with the times of words and phonemes out."""
