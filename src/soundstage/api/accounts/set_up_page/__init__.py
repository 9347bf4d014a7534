"""The page behind the one-time link of the first start; there is none once somebody has an account."""
