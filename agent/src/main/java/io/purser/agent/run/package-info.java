/** The loop that joins the agent's parts, its readiness, and Main. */
@NullMarked
package io.purser.agent.run;

import org.jspecify.annotations.NullMarked;
