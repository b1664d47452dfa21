"""A participant with one provider: states, worker, standing for the caseload, referral import."""
