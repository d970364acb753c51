package io.purser.agent.vault;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client's TLS is made of.
 *
 * @param skipVerify whether any certificate will do, for any name
 * @param authorities what is trusted; empty for the public authorities
 * @param chain the client's own certificate, and those that signed it; may be empty
 * @param key of the client's own certificate
 */
record TlsMaterial(
        boolean skipVerify,
        List<PemBlock> authorities,
        List<PemBlock> chain,
        @Nullable PemBlock key) {}
