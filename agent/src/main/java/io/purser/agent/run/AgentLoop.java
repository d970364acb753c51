package io.purser.agent.run;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.lease.LeaseEffect;
import io.purser.agent.lease.LeaseEvent;
import io.purser.agent.lease.SecretState;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.TokenState;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The agent's one thread: asks the store, renders, writes, waits. */
final class AgentLoop {

    /** How often templates and the refresh file are looked at. */
    static final Duration LOOK = Duration.ofSeconds(1);

    /** How often an agent that is not complete says what it waits for. */
    private static final Duration SAY = Duration.ofSeconds(10);

    /** Files are not kept waiting longer than this for further answers of the store. */
    private static final Duration BATCH = Duration.ofSeconds(1);

    private final AgentParts parts;
    private final AgentConfig config;
    private final boolean once;
    private final MemoryTrim memory = new MemoryTrim();
    private boolean complete;
    private Instant saidAt = Instant.MIN;
    private @Nullable SecretValue tokenKept;

    AgentLoop(AgentParts parts, AgentConfig config, boolean once) {
        this.parts = parts;
        this.config = config;
        this.once = once;
    }

    /**
     * Runs until everything is written ({@code --once}), somebody asks for the end, or there is no use in going on.
     *
     * @return how it ended
     */
    Outcome run() throws InterruptedException {
        Instant start = parts.reporting().clock().instant();
        // As with Vault's agent, who is told not to give up goes on trying.
        Instant deadline = config.refresh().exitOnRetryFailure()
                ? start.plus(config.lifecycle().initDeadline())
                : Instant.MAX;
        for (SecretRequest request : parts.leases().state().secrets().keySet()) {
            parts.leases().tell(new LeaseEvent.Wanted(request));
        }
        if (!once) {
            parts.announcer().goOn(parts.targets().all());
        }
        while (!parts.ending().asked()) {
            look();
            Delivery.Fault fault = turn();
            publish();
            if (fault != null && !complete && config.refresh().exitOnRetryFailure()) {
                return Outcome.failed(fault.inputAtFault(), fault.sentence());
            }
            if (!complete && isComplete()) {
                complete = true;
                parts.reporting()
                        .log()
                        .info(
                                "all files written",
                                "files",
                                String.valueOf(parts.targets().all().size()));
            }
            if (complete && once) {
                return Outcome.DONE;
            }
            Outcome givenUp = complete ? null : giveUp(deadline);
            if (givenUp != null) {
                return givenUp;
            }
            memory.idle(parts.exchanges().requests());
            parts.ending().await(parts.reporting().clock().real(untilNext(deadline)));
        }
        return complete || !once ? Outcome.DONE : Outcome.failed(false, "init was ended before every file was written");
    }

    private boolean isComplete() {
        return parts.targets().complete() && parts.sink().waiting() == null;
    }

    private void look() {
        parts.targets().poll();
        boolean annotated = parts.refreshFile().changed();
        if (parts.ending().takeRefresh() || annotated) {
            parts.reporting().log().info("refresh asked for");
            parts.targets().touchAll();
            parts.leases().tell(new LeaseEvent.RefreshAsked());
        }
    }

    /** Asks and renders until there is nothing to do right now. */
    private Delivery.@Nullable Fault turn() {
        Leases leases = parts.leases();
        leases.tell(new LeaseEvent.Tick());
        parts.sink().offer(leases.state().token());
        boolean more;
        List<Delivery.Fault> faults = new ArrayList<>();
        do {
            Delivery.Pass pass = parts.delivery().pass(parts.targets());
            faults.addAll(pass.fatal());
            for (SecretRequest request : pass.missing()) {
                leases.tell(new LeaseEvent.Wanted(request));
            }
            delivered(pass);
            more = exchange();
            parts.stateFile().save(leases.state(), parts.book());
        } while (more && faults.isEmpty() && !parts.ending().asked());
        return faults.isEmpty() ? null : faults.get(0);
    }

    /** Asks the store for what is due; returns whether something is to be rendered or asked for because of it. */
    private boolean exchange() {
        Leases leases = parts.leases();
        Instant limit = parts.reporting().clock().instant().plus(BATCH);
        boolean late = false;
        LeaseEffect.Exchange exchange = leases.takeExchange();
        while (exchange != null && !parts.ending().asked()) {
            long before = parts.exchanges().requests();
            LeaseEvent answer = parts.exchanges().perform(exchange);
            leases.tell(new LeaseEvent.AskedMore(parts.exchanges().requests() - before - 1));
            leases.tell(answer);
            tokenChanged();
            late = parts.reporting().clock().instant().isAfter(limit);
            exchange = late ? null : leases.takeExchange();
        }
        List<SecretRequest> changed = leases.takeChanged();
        for (SecretRequest request : changed) {
            parts.targets().touchUsersOf(request);
        }
        return !changed.isEmpty() || late;
    }

    /** A new token is kept before it is used, so that a crash does not leave it behind. */
    private void tokenChanged() {
        TokenState token = parts.leases().state().token();
        if (token != null && !token.token().value().equals(tokenKept)) {
            tokenKept = token.token().value();
            parts.stateFile().save(parts.leases().state(), parts.book());
        }
        parts.sink().offer(token);
    }

    private void delivered(Delivery.Pass pass) {
        if (!once) {
            parts.announcer().announce(pass.changed());
        }
        Leases leases = parts.leases();
        Set<SecretRequest> used = parts.targets().used();
        boolean allKnown = parts.targets().clean() && parts.targets().complete();
        if (allKnown && !used.equals(leases.state().secrets().keySet())) {
            leases.tell(new LeaseEvent.OnlyWanted(used));
            parts.book().keepOnly(used);
        }
        Set<SecretRequest> news = new LinkedHashSet<>();
        for (SecretRequest request : parts.targets().delivered()) {
            SecretState secret = leases.state().secrets().get(request);
            if (secret != null && !secret.delivered()) {
                news.add(request);
            }
        }
        if (!news.isEmpty()) {
            leases.tell(new LeaseEvent.Delivered(news));
        }
    }

    private @Nullable Outcome giveUp(Instant deadline) {
        StoreException login = parts.exchanges().loginFailure();
        if (config.auth().exitOnError() && login != null) {
            return Outcome.failed(false, String.valueOf(login.getMessage()));
        }
        Instant now = parts.reporting().clock().instant();
        List<String> waiting = Waiting.sentences(parts);
        // A restarted sidecar whose application has all its files goes on trying: its end would mend nothing.
        boolean serving = !once && parts.targets().allOnVolume() && parts.sink().isOnVolume();
        if (!now.isBefore(deadline) && !serving) {
            return Outcome.failed(
                    Waiting.inputAtFault(parts),
                    "not every file was written within "
                            + config.lifecycle().initDeadline().toSeconds() + " s: " + String.join("; ", waiting));
        }
        if (!now.isBefore(saidAt.plus(SAY))) {
            saidAt = now;
            waiting.forEach(sentence -> parts.reporting().log().info("waiting", "for", sentence));
        }
        return null;
    }

    private void publish() {
        List<AgentStatus.File> files = new ArrayList<>();
        for (FileTarget target : parts.targets().all()) {
            Instant expires = Instant.MAX;
            for (SecretRequest request : target.uses()) {
                SecretState secret = parts.leases().state().secrets().get(request);
                if (secret != null && secret.expires().isBefore(expires)) {
                    expires = secret.expires();
                }
            }
            files.add(new AgentStatus.File(target.destination(), target.written(), expires));
        }
        parts.status().set(new AgentStatus(files, isComplete() ? List.of() : Waiting.sentences(parts)));
    }

    private Duration untilNext(Instant deadline) {
        Instant now = parts.reporting().clock().instant();
        Instant next = now.plus(LOOK);
        if (parts.leases().wake().isBefore(next)) {
            next = parts.leases().wake();
        }
        for (FileTarget target : parts.targets().all()) {
            next = target.retryAt().isBefore(next) ? target.retryAt() : next;
        }
        if (!complete && deadline.isBefore(next) && deadline.isAfter(now)) {
            next = deadline;
        }
        Duration wait = Duration.between(now, next);
        // The floor keeps a mistake in any of these moments from becoming a hot loop.
        return wait.compareTo(Duration.ofMillis(5)) < 0 ? Duration.ofMillis(5) : wait;
    }
}
