"""Finding what stands in many documents of a site: lines are counted, judged, and proposed as rules."""
