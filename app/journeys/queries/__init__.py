"""Reads of caseloads, journeys and holdings, always bounded by the actor."""
