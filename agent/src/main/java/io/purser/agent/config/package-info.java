/** The agent's contract: what the webhook writes and the agent reads. */
@NullMarked
package io.purser.agent.config;

import org.jspecify.annotations.NullMarked;
