"""Engines that make a portrait speak."""
