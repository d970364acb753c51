package io.purser.agent.vault;

import com.bettercloud.vault.EnvironmentLoader;
import com.bettercloud.vault.SslConfig;
import com.bettercloud.vault.VaultConfig;
import com.bettercloud.vault.VaultException;
import com.bettercloud.vault.api.Logical;
import com.bettercloud.vault.response.LogicalResponse;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.lease.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The way through the driver: one exchange, without the driver's own retries, and its answer as it came. The driver's {@code
 * Logical} serves for logins, too: its {@code Auth} loses the status of an answer that lacks one of a dozen fields. It is made
 * directly, for the driver's front class {@code Vault} brings java.util.logging, which every pod would pay for.
 */
final class Driver {

    private static final String BODY_IN_MESSAGE = "\nResponse body: ";
    private static final int SERVER_ERROR = 500;

    static {
        // The JDK sends a POST again whose answer never came. Of a login that is a token which nobody knows.
        System.setProperty("sun.net.http.retryPost", "false");
        RetryAfter.listen();
    }

    private final StoreConfig store;
    private final String address;
    private final Supplier<? extends @Nullable SSLContext> tls;
    private final BoundedCalls calls;

    /** @param tls what to connect with; null for the runtime's own */
    Driver(StoreConfig store, Supplier<? extends @Nullable SSLContext> tls) {
        this.store = store;
        this.address = store.address().replaceFirst("/+$", "");
        this.tls = tls;
        // A little more than each read has, whose error says more.
        this.calls = new BoundedCalls(Duration.ofSeconds(seconds(store.timeout()) + 1L));
    }

    /** What is done with the driver. */
    @FunctionalInterface
    interface Exchange {
        LogicalResponse with(Logical logical) throws VaultException;
    }

    /**
     * Does it.
     *
     * @return the answer, whatever its status
     * @throws IOException if there was none
     */
    Answer exchange(@Nullable SecretValue token, Exchange exchange) throws IOException {
        VaultConfig config;
        try {
            config = config(token);
        } catch (VaultException e) {
            return answerIn(e);
        }
        return calls.make(() -> answer(config, exchange));
    }

    private Answer answer(VaultConfig config, Exchange exchange) throws IOException {
        RetryAfter.take(); // of an answer before that nobody asked about
        try {
            LogicalResponse response = exchange.with(new Logical(config).withNameSpace(store.namespace()));
            return new Answer(
                    response.getRestResponse().getStatus(),
                    new String(response.getRestResponse().getBody(), StandardCharsets.UTF_8),
                    RetryAfter.take());
        } catch (VaultException e) {
            return answerIn(e);
        }
    }

    private VaultConfig config(@Nullable SecretValue token) throws VaultException {
        VaultConfig config = new VaultConfig()
                .environmentLoader(new NoEnvironment())
                .address(address)
                .engineVersion(1)
                .openTimeout(seconds(store.timeout()))
                .readTimeout(seconds(store.timeout()))
                .sslConfig(new GivenTls(tls.get()));
        return (token == null ? config : config.token(token.text())).build();
    }

    /** The driver knows whole seconds only. */
    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.plusMillis(999).toSeconds());
    }

    /** The driver reports some answers as errors, with their body in the message. */
    private static Answer answerIn(VaultException e) throws IOException {
        if (e.getHttpStatusCode() != 0) {
            String message = String.valueOf(e.getMessage());
            int body = message.indexOf(BODY_IN_MESSAGE);
            return new Answer(
                    e.getHttpStatusCode(),
                    body < 0 ? "" : message.substring(body + BODY_IN_MESSAGE.length()),
                    RetryAfter.take());
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException failure) {
                throw failure;
            }
        }
        // An error without a body is a null pointer to the driver, and its status is lost.
        return new Answer(SERVER_ERROR, "", RetryAfter.take());
    }

    /** Keeps the driver from the environment's {@code VAULT_TOKEN} and from {@code ~/.vault-token}. */
    private static final class NoEnvironment extends EnvironmentLoader {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("NullAway") // null is how the driver's loader says "not set"
        public String loadVariable(String name) {
            return null;
        }
    }

    /** Hands out one context, where the driver would build its own from one certificate. */
    private static final class GivenTls extends SslConfig {
        private static final long serialVersionUID = 1L;
        private final transient @Nullable SSLContext context;

        GivenTls(@Nullable SSLContext context) {
            this.context = context;
        }

        @Override
        public boolean isVerify() {
            return true;
        }

        @Override
        public @Nullable SSLContext getSslContext() {
            return context;
        }
    }
}
