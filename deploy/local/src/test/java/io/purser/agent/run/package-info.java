/**
 * The agent's loop against the embedded store. In the agent's own package, for a test runs the loop with a clock of its own
 * where a process has the system's.
 */
package io.purser.agent.run;
