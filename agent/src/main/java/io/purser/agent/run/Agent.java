package io.purser.agent.run;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.ListenerConfig;
import io.purser.agent.config.ListenerConfig.ProxyConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.LeaseMachine;
import io.purser.agent.lease.LeaseState;
import io.purser.agent.lease.RenewalPolicy;
import io.purser.agent.lease.SecretState;
import io.purser.agent.lease.SecretStore;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.Superseded;
import io.purser.agent.lease.TokenState;
import io.purser.agent.vault.LoopbackProxy;
import io.purser.agent.vault.VaultStore;
import io.purser.agent.volume.SecretVolumes;
import io.purser.agent.volume.VolumeException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of the agent, from its configuration to its end. */
final class Agent {

    private final AgentConfig config;
    private final PodPaths paths;
    private final SecretStore store;
    private final Reporting reporting;
    private final Ending ending;
    private final StatusBoard status = new StatusBoard();

    Agent(AgentConfig config, PodPaths paths, SecretStore store, Reporting reporting, Ending ending) {
        this.config = config;
        this.paths = paths;
        this.store = store;
        this.reporting = reporting;
        this.ending = ending;
    }

    /**
     * Init: ends when every file is written.
     *
     * @param seed of the jitter, for an agent that does not go on with another's state
     */
    Outcome once(long seed) throws InterruptedException {
        AgentParts parts = assemble(seed);
        Outcome outcome = new AgentLoop(parts, config, true).run();
        parts.stateFile().save(parts.leases().state(), parts.book());
        if (outcome.code() == 0 && !config.lifecycle().sidecarFollows()) {
            endAlone(parts);
        }
        return outcome;
    }

    /** The sidecar: ends when it is asked to. */
    Outcome sidecar(long seed) throws InterruptedException {
        HealthServer server;
        try {
            server = new HealthServer(config.listener(), status, ending, reporting);
        } catch (IOException e) {
            return Outcome.failed(
                    false,
                    "the agent cannot listen on " + ports(config.listener()) + " (" + e.getMessage()
                            + "); choose another with purser.io/agent-port");
        }
        try (server) {
            AgentParts parts = assemble(seed);
            try (LoopbackProxy proxy = proxy(parts)) {
                return serve(parts, proxy);
            } catch (IOException e) {
                return Outcome.failed(
                        false,
                        "the agent cannot listen for API calls on its loopback port (" + e.getMessage()
                                + "); choose another port with agent-cache-listener-port");
            }
        }
    }

    private static String ports(ListenerConfig listener) {
        return "port " + listener.port() + (listener.quitPort() == null ? "" : " or " + listener.quitPort());
    }

    private Outcome serve(AgentParts parts, @Nullable LoopbackProxy proxy) throws InterruptedException {
        String port = String.valueOf(config.listener().port());
        if (proxy == null) {
            reporting.log().info("started", "port", port);
        } else {
            reporting.log().info("started", "port", port, "proxy", String.valueOf(proxy.port()));
        }
        Outcome outcome = new AgentLoop(parts, config, false).run();
        parts.announcer().end();
        if (outcome.code() == 0) {
            endWithPod(parts);
        } else {
            parts.stateFile().save(parts.leases().state(), parts.book());
        }
        return outcome;
    }

    private @Nullable LoopbackProxy proxy(AgentParts parts) throws IOException {
        ProxyConfig proxy = config.listener().proxy();
        if (proxy == null || !(store instanceof VaultStore vault)) {
            return null;
        }
        LoopbackProxy.Lending lending = new LoopbackProxy.Lending(
                () -> {
                    TokenState token = parts.leases().state().token();
                    return token == null ? null : token.token();
                },
                ending::ask);
        return vault.proxy(proxy, lending);
    }

    private AgentParts assemble(long seed) {
        SecretBook book = new SecretBook();
        SecretVolumes volumes = new SecretVolumes(paths.root(), config.volumes(), config.atomicSet());
        try {
            volumes.sweep();
        } catch (VolumeException e) {
            reporting.log().warn("leftovers not removed", "reason", String.valueOf(e.getMessage()));
        }
        InstantSource clock = reporting.clock();
        RefreshFile refresh = new RefreshFile(paths, config.refresh().refreshFile());
        StateFile stateFile = new StateFile(paths, config.stateDirectory(), refresh, reporting.log());
        Instant now = clock.instant();
        @Nullable LeaseState kept = stateFile.load(book, now);
        if (kept != null) {
            reporting
                    .log()
                    .info("going on", "secrets", String.valueOf(kept.secrets().size()));
        }
        LeaseState state = kept == null ? LeaseState.initial(seed, now) : kept;
        Renderer renderer = new Renderer(book, paths, config.stateDirectory(), clock);
        return new AgentParts(
                new Leases(new LeaseMachine(RenewalPolicy.of(config)), state, clock),
                new Exchanges(store, book, reporting.log(), reporting.metrics(), clock),
                new TargetSet(config, paths, reporting.log()),
                new Delivery(renderer, new Placement(volumes, config.atomicSet(), paths, reporting), paths, reporting),
                book,
                stateFile,
                refresh,
                new TokenSink(config.auth().sinkFile(), volumes, reporting.log()),
                new Announcer(paths, reporting),
                ending,
                status,
                reporting);
    }

    /** Nobody goes on after this init: its token is of no use, unless the application has it or leases in the files live on it. */
    private void endAlone(AgentParts parts) {
        boolean leased = false;
        for (SecretState secret : parts.leases().state().secrets().values()) {
            leased |= secret.leased();
        }
        if (leased) {
            kept("leases in the files end with it");
        } else if (config.auth().sinkFile() != null) {
            kept("the application has it in " + config.auth().sinkFile());
        } else {
            revokeAll(parts);
        }
    }

    /** The application may need its secrets until it has ended, so a classic sidecar waits. */
    private void endWithPod(AgentParts parts) throws InterruptedException {
        if (!config.lifecycle().revokeOnShutdown()) {
            parts.stateFile().save(parts.leases().state(), parts.book());
            return;
        }
        if (!config.lifecycle().revokeDelay().isZero()) {
            reporting
                    .log()
                    .info(
                            "ending",
                            "revocation in",
                            config.lifecycle().revokeDelay().toSeconds() + "s");
            Thread.sleep(
                    reporting.clock().real(config.lifecycle().revokeDelay()).toMillis());
        }
        revokeAll(parts);
    }

    private void kept(String reason) {
        reporting.log().info("token kept", "reason", reason);
    }

    private void revokeAll(AgentParts parts) {
        if (config.auth().isGivenAToken()) {
            kept("it was given to the agent in a file, and others may use it");
            parts.stateFile().delete();
            return;
        }
        List<AuthToken> tokens = new ArrayList<>();
        LeaseState state = parts.leases().state();
        for (Superseded old : state.superseded()) {
            if (old.token() != null) {
                tokens.add(old.token());
            }
        }
        if (state.token() != null) {
            tokens.add(state.token().token());
        }
        boolean all = true;
        for (AuthToken token : tokens) {
            try {
                store.revokeSelf(token);
                reporting.log().info("token revoked", "accessor", token.accessor());
            } catch (StoreException e) {
                all = false;
                reporting
                        .log()
                        .warn(
                                "token not revoked",
                                "accessor",
                                token.accessor(),
                                "reason",
                                String.valueOf(e.getMessage()));
            }
        }
        if (all) {
            parts.stateFile().delete();
        }
    }
}
