"""Money on its way: who made sure of the account, what finance pays, what comes back. No bank details are held."""
