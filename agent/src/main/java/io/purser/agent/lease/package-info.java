/** Leases, the renewal policy and the state machine of one secret. */
@NullMarked
package io.purser.agent.lease;

import org.jspecify.annotations.NullMarked;
