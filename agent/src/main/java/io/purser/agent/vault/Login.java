package io.purser.agent.vault;

import io.purser.agent.lease.AuthToken;

/** One way to prove to the store who the pod is. */
interface Login {

    /**
     * Proves it. The identity is read anew each time.
     *
     * @throws io.purser.agent.lease.StoreException if the identity cannot be read, or is refused
     */
    AuthToken attempt();
}
