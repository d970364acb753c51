package io.purser.agent.run;

/** By what the parts tell what happens, and when. */
record Reporting(EventLog log, AgentMetrics metrics, MonotonicClock clock) {}
