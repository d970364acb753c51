package io.purser.agent.run;

import java.time.InstantSource;

/** By what the parts tell what happens, and when. */
record Reporting(EventLog log, AgentMetrics metrics, InstantSource clock) {}
