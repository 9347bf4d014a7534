"""The shipped test kit: what authors of pipelines and engines test theirs with."""
