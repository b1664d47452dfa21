"""The wire of caseloads, journeys and holdings."""
