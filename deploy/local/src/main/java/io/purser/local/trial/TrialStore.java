package io.purser.local.trial;

import io.purser.agent.config.AuthConfig;
import io.purser.local.cluster.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The secret store of a trial. */
interface TrialStore extends AutoCloseable {

    /** Its base URL. */
    URI address();

    /** The CA certificates that agents trust it by, or null for the runtime's own. */
    @Nullable
    String caPem();

    /** What it is, for people. */
    String description();

    /** Lets a pod log in. */
    void admit(TokenIssuer.Identity identity, AuthConfig auth) throws TrialException, IOException;

    /** Every secret value that is known here; empty for a real store. */
    Set<String> knownValues();

    /** Why the agent cannot get on, as far as the store knows, or null. */
    @Nullable
    String obstacle();

    /** Changes a secret that was read, and says which; null where there is none to change. */
    @Nullable
    String rotate() throws IOException;

    /** What is left of tokens and leases after the end, for people; revokes it. */
    String settle() throws IOException;

    @Override
    void close();
}
