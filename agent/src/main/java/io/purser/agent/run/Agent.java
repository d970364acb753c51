package io.purser.agent.run;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.ListenerConfig.ProxyConfig;
import io.purser.agent.lease.LeaseMachine;
import io.purser.agent.lease.LeaseState;
import io.purser.agent.lease.RenewalPolicy;
import io.purser.agent.lease.SecretStore;
import io.purser.agent.lease.TokenState;
import io.purser.agent.vault.LoopbackProxy;
import io.purser.agent.vault.VaultStore;
import io.purser.agent.volume.SecretVolumes;
import io.purser.agent.volume.VolumeException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
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
            new TokenEnd(config, store, parts).afterInitAlone();
        }
        return outcome;
    }

    /** The sidecar: ends when it is asked to. */
    Outcome sidecar(long seed) throws InterruptedException {
        HealthServer server;
        try {
            server = new HealthServer(config.listener(), status, reporting);
        } catch (IOException e) {
            return Outcome.failed(
                    false,
                    "the agent cannot listen on port " + config.listener().port() + " (" + e.getMessage()
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
            new TokenEnd(config, store, parts).withThePod();
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
                () -> {
                    reporting.log().info("asked to quit");
                    ending.ask();
                });
        return vault.proxy(proxy, lending);
    }

    /** Whether the application gets the token, so that there is to be one without a secret too. */
    private boolean isTokenLent() {
        ProxyConfig proxy = config.listener().proxy();
        return config.auth().sinkFile() != null
                || (proxy != null && !proxy.useAutoAuthToken().equals("false"));
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
        Announcer announcer = new Announcer(paths, reporting);
        StateFile stateFile = new StateFile(paths, config.stateDirectory(), refresh, announcer, reporting.log());
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
                new Leases(new LeaseMachine(RenewalPolicy.of(config), isTokenLent()), state, clock),
                new Exchanges(store, book, reporting.log(), reporting.metrics(), clock),
                new TargetSet(config, paths, reporting.log()),
                new Delivery(renderer, new Placement(volumes, config.atomicSet(), paths, reporting), paths, reporting),
                book,
                stateFile,
                refresh,
                new TokenSink(config.auth().sinkFile(), paths, volumes, reporting.log()),
                announcer,
                ending,
                status,
                reporting);
    }
}
