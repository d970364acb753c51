package io.purser.local.node;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import io.purser.local.machine.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A real etcd and kube-apiserver. No controller, no scheduler and no node: what is not the API server's own work does not
 * happen.
 */
public final class ControlPlane implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<Daemon> daemons = new ArrayList<>();
    private final Path folder;
    private final Setup setup;
    private final String adminToken = UUID.randomUUID().toString();
    private final String nodeToken = UUID.randomUUID().toString();
    private final int apiPort = FreePort.next();
    private final CertificateAuthority authority =
            CertificateAuthority.create("test control plane", Duration.ofDays(1), Instant.now());
    private final KubernetesClient admin;

    /**
     * Where it runs.
     *
     * @param programs the folders with etcd and with kube-apiserver
     * @param address where the API server listens, beside 127.0.0.1
     * @param services the range of the Services' addresses; its first one is the API server's own
     * @param node the name of the node whose kubelet may come with {@link #nodeToken()}
     */
    record Setup(Map<String, Path> programs, String address, String services, String node) {
        String ownServiceAddress() {
            return services.replaceFirst("[.]0/.*", ".1");
        }
    }

    private ControlPlane(Path folder, Setup setup) throws IOException {
        this.folder = folder;
        this.setup = setup;
        int etcdPort = FreePort.next();
        boolean started = false;
        try {
            startEtcd(etcdPort);
            startApiServer(etcdPort);
            this.admin = client(adminToken, List.of());
            daemons.get(1).await(PATIENCE, this::isReady);
            started = true;
        } finally {
            if (!started) {
                stopAll();
            }
        }
    }

    /** Whether KUBEBUILDER_ASSETS names a folder with both programs. */
    public static boolean isInstalled() {
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        return assets != null
                && Files.isExecutable(Path.of(assets, "etcd"))
                && Files.isExecutable(Path.of(assets, "kube-apiserver"));
    }

    /** Starts both from KUBEBUILDER_ASSETS, on loopback addresses only: a test can listen on those of Services. */
    public static ControlPlane start(Path folder) throws IOException {
        Path assets = Path.of(System.getenv().getOrDefault("KUBEBUILDER_ASSETS", "."));
        return start(
                folder,
                new Setup(Map.of("etcd", assets, "kube-apiserver", assets), "127.0.0.1", "127.96.0.0/24", "no-node"));
    }

    static ControlPlane start(Path folder, Setup setup) throws IOException {
        return new ControlPlane(folder, setup);
    }

    /** The API server's URL, for all on this machine. */
    String url() {
        return "https://" + setup.address() + ":" + apiPort;
    }

    int port() {
        return apiPort;
    }

    /** The certificate of the authority that issued the API server's, PEM. */
    String caPem() {
        return authority.certificatePem();
    }

    /** The bearer token of the node's kubelet: it is of the group system:nodes and no more. */
    String nodeToken() {
        return nodeToken;
    }

    /** A client that may do everything. */
    public KubernetesClient admin() {
        return admin;
    }

    /** A client with the rights of a service account, by a token as the kubelet would get for it. */
    public KubernetesClient as(String namespace, String serviceAccount, Interceptor... interceptors) {
        return client(token(namespace, serviceAccount), List.of(interceptors));
    }

    /** A kubeconfig with the rights of a service account. */
    public String kubeconfig(String namespace, String serviceAccount) {
        return kubeconfig(token(namespace, serviceAccount));
    }

    /** A kubeconfig for a bearer of a token. */
    String kubeconfig(String token) {
        return Kubeconfig.of(url(), caPem(), token);
    }

    /** Two hours' token of a service account. */
    String token(String namespace, String serviceAccount) {
        return admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(7200L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    private KubernetesClient client(String token, List<Interceptor> interceptors) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + apiPort)
                .withCaCertData(Base64.getEncoder()
                        .encodeToString(authority.certificatePem().getBytes(StandardCharsets.US_ASCII)))
                .withOauthToken(token)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> {
                    for (Interceptor interceptor : interceptors) {
                        builder.addOrReplaceInterceptor(interceptor.getClass().getName(), interceptor);
                    }
                })
                .build();
    }

    private void startEtcd(int port) throws IOException {
        String url = "http://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + FreePort.next();
        start(List.of(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--unsafe-no-fsync"));
    }

    private void startApiServer(int etcdPort) throws IOException {
        Leaf leaf = authority.issue(
                List.of("kubernetes.default.svc", "127.0.0.1", setup.address(), setup.ownServiceAddress()).stream()
                        .distinct()
                        .toList(),
                Duration.ofDays(1),
                Instant.now());
        TokenKeys signing = TokenKeys.make();
        start(List.of(
                "kube-apiserver",
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=" + (setup.address().startsWith("127.") ? setup.address() : "0.0.0.0"),
                "--advertise-address=" + setup.address(),
                "--endpoint-reconciler-type=none",
                "--secure-port=" + apiPort,
                "--cert-dir=" + folder.resolve("certs"),
                "--tls-cert-file=" + write("apiserver.crt", leaf.certificateChainPem()),
                "--tls-private-key-file=" + write("apiserver.key", leaf.privateKeyPem()),
                "--service-cluster-ip-range=" + setup.services(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + write("sa.key", signing.privatePem()),
                "--service-account-key-file=" + write("sa.pub", signing.publicPem()),
                "--token-auth-file=" + write("tokens.csv", tokens()),
                "--authorization-mode=Node,RBAC",
                "--enable-admission-plugins=NodeRestriction"));
    }

    private String tokens() {
        return adminToken + ",admin,1,system:masters\n" + nodeToken + ",system:node:" + setup.node()
                + ",2,system:nodes\n";
    }

    private void start(List<String> command) {
        String name = command.get(0);
        List<String> whole = new ArrayList<>(command);
        whole.set(
                0,
                setup.programs().getOrDefault(name, Path.of(".")).resolve(name).toString());
        daemons.add(Daemon.start(name, folder, whole));
    }

    private boolean isReady() {
        try {
            return "ok".equals(admin.raw("/readyz"))
                    && admin.namespaces().withName("kube-system").get() != null;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void stopAll() {
        // the API server first: it would complain of a lost etcd
        for (int index = daemons.size() - 1; index >= 0; index--) {
            daemons.get(index).close();
        }
    }

    @Override
    public void close() {
        admin.close();
        stopAll();
    }
}
