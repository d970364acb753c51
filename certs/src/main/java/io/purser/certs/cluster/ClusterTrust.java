package io.purser.certs.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.purser.certs.rotation.Published;
import io.purser.certs.rotation.TrustState;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The authority's Secret and the webhook configuration, in a cluster. Every write has a precondition, the version that
 * was read: a replica that was paused, or only believes to be the writer, cannot overwrite what came meanwhile.
 */
public final class ClusterTrust {
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final Target target;

    /** About the objects of {@code target}. */
    public ClusterTrust(KubernetesClient client, Target target) {
        this.client = client;
        this.target = target;
    }

    /**
     * What the webhook configuration trusts now.
     *
     * @throws KubernetesClientException when the API server cannot be asked
     */
    public Versioned<Published> readPublished() {
        MutatingWebhookConfiguration configuration = configuration().get();
        if (configuration == null) {
            return new Versioned<>(new Published.Absent(), null);
        }
        List<String> bundles = new ArrayList<>();
        for (MutatingWebhook webhook : configuration.getWebhooks()) {
            bundles.add(decoded(webhook.getClientConfig().getCaBundle()));
        }
        return new Versioned<>(
                Published.of(bundles), configuration.getMetadata().getResourceVersion());
    }

    /**
     * The authorities in the Secret; no value when it is lost, or spoilt.
     *
     * @throws KubernetesClientException when the API server cannot be asked
     */
    public Versioned<TrustState> readState() {
        Secret secret = secret().get();
        return secret == null
                ? new Versioned<>(null, null)
                : new Versioned<>(
                        TrustSecret.read(secret).orElse(null),
                        secret.getMetadata().getResourceVersion());
    }

    /**
     * Writes the Secret, creating it when there was none.
     *
     * @param resourceVersion as it was read; null when there was none
     * @return false when someone else wrote it meanwhile: read again
     * @throws KubernetesClientException when the API server refuses for another reason
     */
    public boolean save(TrustState state, @Nullable String resourceVersion) {
        Secret secret = TrustSecret.of(state, target, resourceVersion);
        return unlessChanged(() -> {
            if (resourceVersion == null) {
                client.resource(secret).create();
            } else {
                client.resource(secret).lockResourceVersion(resourceVersion).update();
            }
        });
    }

    /**
     * Writes the caBundle of every webhook of the configuration, and nothing else of it.
     *
     * @param resourceVersion as it was read
     * @return false when someone else wrote it meanwhile: read again
     * @throws KubernetesClientException when the API server refuses for another reason
     */
    public boolean publish(String caBundle, @Nullable String resourceVersion) {
        MutatingWebhookConfiguration configuration = configuration().get();
        if (configuration == null || resourceVersion == null) {
            return false;
        }
        String encoded = Base64.getEncoder().encodeToString(caBundle.getBytes(StandardCharsets.US_ASCII));
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        patch.addObject()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .put("value", resourceVersion);
        for (int index = 0; index < configuration.getWebhooks().size(); index++) {
            patch.addObject()
                    .put("op", "add")
                    .put("path", "/webhooks/" + index + "/clientConfig/caBundle")
                    .put("value", encoded);
        }
        return unlessChanged(() -> configuration().patch(PatchContext.of(PatchType.JSON), patch.toString()));
    }

    /**
     * Calls {@code changed} whenever the webhook configuration may have changed, so that a hand's edit is put right at
     * once; {@code ended} when the watch has ended and a new one is needed.
     *
     * @throws KubernetesClientException when the API server cannot be asked
     */
    public Watch watchPublished(Runnable changed, Runnable ended) {
        // from any version on: the first event is the state as it is
        ListOptions fromNow = new ListOptionsBuilder().withResourceVersion("0").build();
        return configuration().watch(fromNow, new Watcher<>() {
            @Override
            public void eventReceived(Action action, MutatingWebhookConfiguration configuration) {
                changed.run();
            }

            @Override
            public void onClose(WatcherException cause) {
                ended.run();
            }
        });
    }

    private static boolean unlessChanged(Runnable write) {
        try {
            write.run();
            return true;
        } catch (KubernetesClientException e) {
            // a JSON patch whose test fails is unprocessable, a version that is not the newest a conflict
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                    || e.getCode() == UNPROCESSABLE) {
                return false;
            }
            throw e;
        }
    }

    private Resource<MutatingWebhookConfiguration> configuration() {
        return client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(target.webhookConfiguration());
    }

    private Resource<Secret> secret() {
        return client.secrets().inNamespace(target.namespace()).withName(target.secret());
    }

    private static String decoded(@Nullable String caBundle) {
        if (caBundle == null) {
            return "";
        }
        try {
            return new String(Base64.getDecoder().decode(caBundle), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
