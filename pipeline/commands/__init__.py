"""The commands of `civic-actors`, by what a person wants; pipeline/cli.py lists them."""
