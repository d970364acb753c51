package io.purser.webhook.plan;

import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.webhook.policy.Addresses;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Settings;
import java.time.Duration;

/** Reads which store there is, and the way to it. */
final class StoreAnnotations {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long RETRIES = 2;

    /** Vault's own default, for a configuration of the user's own that names another. */
    static final String UNSET_ADDRESS = "https://127.0.0.1:8200";

    private StoreAnnotations() {}

    static StoreConfig read(PodRequest request, boolean ownConfiguration) {
        Settings.Store store = request.settings().store();
        String namespace = request.text(Annotation.STORE_NAMESPACE, store.namespace());
        String proxy = proxy(request);
        Long retries = request.number(Annotation.CLIENT_MAX_RETRIES, RETRIES, PodRequest.Range.COUNT);
        return new StoreConfig(
                store.kind(),
                address(request, ownConfiguration),
                namespace.isEmpty() || ownConfiguration ? null : namespace,
                tls(request),
                proxy.isEmpty() ? null : proxy,
                timeout(request),
                retries == null ? (int) RETRIES : retries.intValue());
    }

    private static String proxy(PodRequest request) {
        String proxy = Addresses.ofProxy(request.text(
                Annotation.PROXY_ADDRESS, request.settings().store().proxy()));
        String problem = proxy.isEmpty() ? null : Addresses.problemOfProxy(proxy);
        if (problem != null) {
            request.violation(
                    Annotation.PROXY_ADDRESS,
                    "the address of the proxy cannot be used: " + problem,
                    "give one such as http://proxy:3128");
        }
        return proxy;
    }

    private static String address(PodRequest request, boolean ownConfiguration) {
        String address = request.text(
                Annotation.STORE_ADDRESS, request.settings().store().address());
        if (address.isEmpty()) {
            if (!ownConfiguration) {
                request.violation(
                        Annotation.STORE_ADDRESS,
                        "the address of the store is empty",
                        "give one such as https://vault.vault.svc:8200, or leave the annotation to the operator's setting");
            }
            return UNSET_ADDRESS;
        }
        String problem = Addresses.problem(address);
        if (problem != null) {
            request.violation(
                    Annotation.STORE_ADDRESS,
                    PodRequest.quoted(address) + " is no address: " + problem,
                    "give one such as https://vault.vault.svc:8200");
        }
        return address;
    }

    private static TlsConfig tls(PodRequest request) {
        String certificate = request.path(Annotation.CLIENT_CERT);
        String key = request.path(Annotation.CLIENT_KEY);
        if ((certificate == null) != (key == null)) {
            request.warning("annotations " + request.nameOf(Annotation.CLIENT_CERT) + " and "
                    + request.nameOf(Annotation.CLIENT_KEY)
                    + " belong together: with one alone the agent will not start");
        }
        return new TlsConfig(
                request.settings().store().caPem(),
                request.path(Annotation.CA_CERT),
                request.path(Annotation.CA_PATH),
                request.textOrNull(Annotation.TLS_SERVER_NAME),
                request.bool(Annotation.TLS_SKIP_VERIFY, false),
                certificate,
                key);
    }

    private static Duration timeout(PodRequest request) {
        Duration timeout = request.durationOrSeconds(Annotation.CLIENT_TIMEOUT, null);
        return timeout == null ? TIMEOUT : timeout;
    }
}
