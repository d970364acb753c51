package io.purser.agent.run;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.LeaseState;
import io.purser.agent.lease.SecretState;
import io.purser.agent.lease.SecretStore;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.Superseded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What becomes of the tokens when the agent ends. */
final class TokenEnd {

    private final AgentConfig config;
    private final SecretStore store;
    private final AgentParts parts;
    private final EventLog log;

    TokenEnd(AgentConfig config, SecretStore store, AgentParts parts) {
        this.config = config;
        this.store = store;
        this.parts = parts;
        this.log = parts.reporting().log();
    }

    /** Nobody goes on after this init: its token is of no use, unless the application has it or what is in the files lives on it. */
    void afterInitAlone() {
        LeaseState state = parts.leases().state();
        boolean leased = false;
        for (SecretState secret : state.secrets().values()) {
            leased |= secret.leased();
        }
        if (leased) {
            kept("leases or tokens in the files end with it");
        } else if (config.auth().sinkFile() != null) {
            kept("the application has it in " + config.auth().sinkFile());
        } else {
            revoke(own(state));
        }
    }

    /** The application may need its secrets until it has ended, so a classic sidecar waits. */
    void withThePod() throws InterruptedException {
        if (!config.lifecycle().revokeOnShutdown()) {
            parts.stateFile().save(parts.leases().state(), parts.book());
            return;
        }
        Duration delay = config.lifecycle().revokeDelay();
        if (!delay.isZero()) {
            log.info("ending", "revocation in", delay.toSeconds() + "s");
            Thread.sleep(parts.reporting().clock().real(delay).toMillis());
        }
        LeaseState state = parts.leases().state();
        List<AuthToken> tokens = new ArrayList<>();
        for (SecretState secret : state.secrets().values()) {
            if (secret.made() != null) {
                tokens.add(secret.made().token());
            }
        }
        tokens.addAll(own(state));
        revoke(tokens);
    }

    private static List<AuthToken> own(LeaseState state) {
        List<AuthToken> tokens = new ArrayList<>();
        for (Superseded old : state.superseded()) {
            if (old.token() != null) {
                tokens.add(old.token());
            }
        }
        if (state.token() != null) {
            tokens.add(state.token().token());
        }
        return tokens;
    }

    private void revoke(List<AuthToken> tokens) {
        boolean all = true;
        for (AuthToken token : tokens) {
            if (token.revocable()) {
                all &= isRevoked(token);
            } else {
                kept(
                        token.accessor().isEmpty()
                                ? "no store revokes a batch token; it ends by itself"
                                : "it was given to the agent in a file, and others may use it");
            }
        }
        if (all) {
            parts.stateFile().delete();
        }
    }

    private boolean isRevoked(AuthToken token) {
        try {
            store.revokeSelf(token);
            log.info("token revoked", "accessor", token.accessor());
            return true;
        } catch (StoreException e) {
            log.warn("token not revoked", "accessor", token.accessor(), "reason", String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void kept(String reason) {
        log.info("token kept", "reason", reason);
    }
}
