package io.purser.agent.vault;

import io.purser.agent.config.AuthConfig;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.StoreException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns answers that are no success, and the want of one, into a sentence with the next step. */
final class StoreFaults {

    private static final int LONGEST_QUOTE = 300;

    private final StoreConfig store;
    private final AuthConfig auth;

    StoreFaults(StoreConfig store, AuthConfig auth) {
        this.store = store;
        this.auth = auth;
    }

    /** An answer of another status than 200 or 204. */
    StoreException refused(Operation operation, Answer answer) {
        String said = said(answer);
        return switch (answer.status()) {
            case 400, 405, 413, 415, 422 ->
                operation.isLogin()
                        ? loginRefused(operation, said)
                        : fault(Kind.BAD_REQUEST, operation, said, "check the path and its parameters");
            case 401, 403 -> operation.isLogin() ? loginRefused(operation, said) : denied(operation, said);
            case 404 ->
                fault(
                        Kind.NOT_FOUND,
                        operation,
                        said,
                        operation.isLogin()
                                ? "enable an auth method at this mount, or correct the mount"
                                : "write the secret, or correct the path");
            case 412 -> fault(Kind.UNAVAILABLE, operation, said, "the store has not caught up yet; it is asked again");
            case 429 ->
                fault(
                        Kind.RATE_LIMITED,
                        sentence(operation, said, "the store's quota is used up; it is asked less often"),
                        answer.retryAfter());
            case 472, 473 ->
                fault(Kind.UNAVAILABLE, operation, said, "this server is a standby; an active one is waited for");
            default ->
                fault(
                        Kind.UNAVAILABLE,
                        sentence(
                                operation,
                                said,
                                said.contains("sealed")
                                        ? "the store is sealed; unseal it"
                                        : "see the store's own log; it is asked again"),
                        answer.retryAfter());
        };
    }

    /** The token is not (or no longer) known to the store. */
    StoreException tokenDead(Operation operation) {
        return new StoreException(
                Kind.TOKEN_DEAD,
                operation + " failed because the store no longer knows the agent's token; the agent logs in again");
    }

    /** The newest version of a versioned secret is deleted or destroyed. */
    StoreException deleted(Operation operation) {
        return new StoreException(
                Kind.NOT_FOUND,
                operation + " found a deleted version; undelete it or write a new version of the secret");
    }

    /** An answer of status 200 that cannot be read. */
    StoreException malformed(Operation operation, String what) {
        return new StoreException(
                Kind.MALFORMED,
                operation + " got an answer from " + store.address() + " that " + what
                        + "; check that this address is the store's and not a proxy's");
    }

    /** No answer at all. */
    StoreException unreachable(Operation operation, IOException e) {
        return new StoreException(
                Kind.UNREACHABLE, operation + " got no answer from " + store.address() + ": " + reason(e), null, e);
    }

    private StoreException denied(Operation operation, String said) {
        return fault(
                Kind.DENIED,
                operation,
                said,
                "let a policy of the role" + quoted(auth.role()) + " at auth/" + auth.mount() + " allow it");
    }

    private StoreException loginRefused(Operation operation, String said) {
        return fault(Kind.DENIED, operation, said, "check that the role exists and is bound to this identity");
    }

    private StoreException fault(Kind kind, Operation operation, String said, String next) {
        return fault(kind, sentence(operation, said, next), null);
    }

    private static String sentence(Operation operation, String said, String next) {
        return operation + " failed (" + said + "); " + next;
    }

    private static StoreException fault(Kind kind, String sentence, @Nullable Duration retryAfter) {
        return new StoreException(kind, sentence, retryAfter, null);
    }

    private static String said(Answer answer) {
        List<String> errors = answer.errors();
        if (errors.isEmpty()) {
            return "status " + answer.status();
        }
        String text = String.join(", ", errors).replaceAll("\\s+", " ").strip();
        return "status " + answer.status() + ": "
                + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text);
    }

    private String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof UnknownHostException) {
            return "the host name is not known; check store address and the pod's DNS";
        }
        if (e instanceof SocketTimeoutException) {
            return message.toLowerCase(Locale.ROOT) + " after "
                    + store.timeout().toSeconds() + " s; check the network policies and the store's load";
        }
        if (e instanceof ConnectException) {
            return message.toLowerCase(Locale.ROOT) + "; check that the store runs and that the address is right";
        }
        if (e instanceof SSLException) {
            return tlsReason(message);
        }
        return message;
    }

    /** In the words of the JDK's TLS, or of OpenSSL's. */
    private static String tlsReason(String message) {
        if (message.contains("validity check failed")
                || message.contains("has expired")
                || message.contains("not yet valid")) {
            return "its certificate has expired or is not valid yet; renew it, and check the clocks of both";
        }
        if (message.contains("PKIX")
                || message.contains("issuer certificate")
                || message.contains("self-signed")
                || message.contains("verify the first certificate")) {
            return "its certificate is not signed by a CA that the agent trusts; give the store's CA certificate";
        }
        if (message.contains("No subject alternative")
                || message.contains("No name matching")
                || message.contains("mismatch with")) {
            return "its certificate is for another name (" + message + "); correct the address or set the server name";
        }
        if (message.contains("plaintext connection")
                || message.contains("unrecognized SSL message")
                || message.contains("wrong version number")) {
            return "it does not speak TLS; check whether the address should begin with http://";
        }
        return "the TLS handshake failed (" + message + "); check the CA, the client certificate and the address";
    }

    private static String quoted(@Nullable String role) {
        return role == null ? "" : " \"" + role + "\"";
    }
}
