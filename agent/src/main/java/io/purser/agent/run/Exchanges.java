package io.purser.agent.run;

import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.LeaseEffect;
import io.purser.agent.lease.LeaseEffect.Exchange;
import io.purser.agent.lease.LeaseEvent;
import io.purser.agent.lease.LeaseTerms;
import io.purser.agent.lease.SecretStore;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.Validity;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the store what the machine wants asked, and tells the machine how it went. */
final class Exchanges {

    private static final String LOGIN = "login";

    private final SecretStore store;
    private final SecretBook book;
    private final EventLog log;
    private final AgentMetrics metrics;
    private final InstantSource clock;
    private final Map<Object, StoreException> failures = new HashMap<>();

    Exchanges(SecretStore store, SecretBook book, EventLog log, AgentMetrics metrics, InstantSource clock) {
        this.store = store;
        this.book = book;
        this.log = log;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** One request to the store; blocks until it is answered or has failed. */
    LeaseEvent perform(Exchange exchange) {
        String operation = operation(exchange);
        metrics.count("purser_store_requests_total", "operation", operation);
        try {
            LeaseEvent event = ask(exchange);
            failures.remove(subject(exchange));
            metrics.succeeded(clock.instant());
            return event;
        } catch (StoreException e) {
            return failed(exchange, operation, e);
        } catch (RuntimeException e) {
            // A driver that fails in a way it does not know itself must not end the agent.
            return failed(
                    exchange,
                    operation,
                    new StoreException(
                            StoreException.Kind.MALFORMED,
                            "the store's driver failed with " + e.getClass().getSimpleName(),
                            null,
                            e));
        }
    }

    /** Requests made to the store so far. */
    long requests() {
        return store.requests();
    }

    /** Why there is no token, or null. */
    @Nullable
    StoreException loginFailure() {
        return failures.get(LOGIN);
    }

    /** Why there is no answer to a request, or null. */
    @Nullable
    StoreException failure(SecretRequest request) {
        return failures.get(request);
    }

    private LeaseEvent ask(Exchange exchange) {
        if (exchange instanceof LeaseEffect.Login) {
            LeaseEvent.LoggedIn event = new LeaseEvent.LoggedIn(store.login());
            log.info(
                    "logged in",
                    "accessor",
                    event.token().accessor(),
                    "ttl",
                    String.valueOf(event.token().ttl()));
            return event;
        }
        if (exchange instanceof LeaseEffect.RenewToken renew) {
            LeaseEvent.TokenRenewed event = new LeaseEvent.TokenRenewed(store.renewToken(renew.token()));
            log.debug("token renewed", "ttl", String.valueOf(event.token().ttl()));
            return event;
        }
        if (exchange instanceof LeaseEffect.Fetch fetch) {
            SecretBook.Answer known = book.answer(fetch.request());
            Secret secret = store.fetch(fetch.request(), fetch.token(), known == null ? null : known.secret());
            boolean changed = book.note(fetch.request(), secret);
            log.debug("fetched", "secret", fetch.request().toString(), "changed", String.valueOf(changed));
            return new LeaseEvent.Fetched(
                    fetch.request(), Validity.of(fetch.request(), secret, clock.instant()), changed);
        }
        if (exchange instanceof LeaseEffect.RenewLease renew) {
            LeaseEvent.Renewed event = new LeaseEvent.Renewed(renew.request(), renewed(renew));
            log.debug(
                    "lease renewed",
                    "secret",
                    renew.request().toString(),
                    "ttl",
                    String.valueOf(event.terms().ttl()));
            return event;
        }
        LeaseEffect.Revoke revoke = (LeaseEffect.Revoke) exchange;
        if (revoke.old().token() != null) {
            store.revokeSelf(revoke.token());
        } else {
            store.revokeLease(revoke.old().leaseId(), revoke.token());
        }
        log.info("revoked", "what", revoke.old().token() != null ? "old token" : "old lease");
        return new LeaseEvent.Revoked(revoke.old());
    }

    private LeaseTerms renewed(LeaseEffect.RenewLease renew) {
        if (!renew.leaseId().isEmpty()) {
            return store.renewLease(renew.leaseId(), renew.increment(), renew.token());
        }
        try {
            AuthToken token = store.renewToken(renew.token());
            return new LeaseTerms("", token.ttl(), token.renewable());
        } catch (StoreException e) {
            if (e.kind().concernsTheStore()) {
                throw e;
            }
            // That this token is dead does not say so of the agent's own.
            throw new StoreException(
                    StoreException.Kind.BAD_REQUEST,
                    "the token of " + renew.request() + " cannot be renewed; another one is made",
                    null,
                    e);
        }
    }

    private LeaseEvent failed(Exchange exchange, String operation, StoreException e) {
        String kind = e.kind().name().toLowerCase(Locale.ROOT);
        failures.put(subject(exchange), e);
        metrics.count("purser_failures_total", "operation", operation, "kind", kind);
        if (exchange instanceof LeaseEffect.Revoke && e.kind() == StoreException.Kind.DENIED) {
            log.debug("not revoked", "reason", String.valueOf(e.getMessage()));
        } else {
            log.warn(operation + " failed", "kind", kind, "reason", String.valueOf(e.getMessage()));
        }
        return new LeaseEvent.Failed(e.kind(), e.retryAfter());
    }

    private static String operation(Exchange exchange) {
        if (exchange instanceof LeaseEffect.Login) {
            return LOGIN;
        }
        if (exchange instanceof LeaseEffect.RenewToken) {
            return "renew token";
        }
        if (exchange instanceof LeaseEffect.Fetch) {
            return "fetch";
        }
        return exchange instanceof LeaseEffect.RenewLease ? "renew lease" : "revoke";
    }

    private static Object subject(Exchange exchange) {
        if (exchange instanceof LeaseEffect.Fetch fetch) {
            return fetch.request();
        }
        return exchange instanceof LeaseEffect.RenewLease renew ? renew.request() : operation(exchange);
    }
}
