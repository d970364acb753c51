package io.purser.local.apiserver;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import io.purser.certs.authority.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real etcd and kube-apiserver on loopback addresses, found where the Kubernetes tools put them: in the folder that
 * KUBEBUILDER_ASSETS names. No controller and no node: what is not the API server's own work does not happen.
 */
final class ControlPlane implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<Process> processes = new ArrayList<>();
    private final Path folder;
    private final Path binaries;
    private final String adminToken = UUID.randomUUID().toString();
    private final int apiPort = freePort();
    private final CertificateAuthority authority =
            CertificateAuthority.create("test control plane", Duration.ofDays(1), Instant.now());
    private final KubernetesClient admin;

    private ControlPlane(Path folder, Path binaries) throws IOException {
        this.folder = folder;
        this.binaries = binaries;
        int etcdPort = freePort();
        boolean started = false;
        try {
            startEtcd(etcdPort);
            startApiServer(etcdPort);
            this.admin = client(adminToken, List.of());
            awaitReady();
            started = true;
        } finally {
            if (!started) {
                stopProcesses();
            }
        }
    }

    /** Whether KUBEBUILDER_ASSETS names a folder with both programs. */
    static boolean isInstalled() {
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        return assets != null
                && Files.isExecutable(Path.of(assets, "etcd"))
                && Files.isExecutable(Path.of(assets, "kube-apiserver"));
    }

    /** Starts both. */
    static ControlPlane start(Path folder) throws IOException {
        return new ControlPlane(folder, Path.of(System.getenv("KUBEBUILDER_ASSETS")));
    }

    /** A client that may do everything. */
    KubernetesClient admin() {
        return admin;
    }

    /** A client with the rights of a service account, by a token as the kubelet would get for it. */
    KubernetesClient as(String namespace, String serviceAccount, Interceptor... interceptors) {
        String token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        return client(token, List.of(interceptors));
    }

    /** What the API server has logged, for a failure's message. */
    String log() throws IOException {
        return Files.readString(folder.resolve("kube-apiserver.log"));
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
        String peer = "http://127.0.0.1:" + freePort();
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
        Leaf leaf = authority.issue(List.of("127.0.0.1", "kubernetes.default.svc"), Duration.ofDays(1), Instant.now());
        KeyPair signing = rsa();
        start(List.of(
                "kube-apiserver",
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--secure-port=" + apiPort,
                "--cert-dir=" + folder.resolve("certs"),
                "--tls-cert-file=" + write("apiserver.crt", leaf.certificateChainPem()),
                "--tls-private-key-file=" + write("apiserver.key", leaf.privateKeyPem()),
                // the addresses of Services are loopback addresses: a test can listen on them
                "--service-cluster-ip-range=127.96.0.0/24",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + write("sa.key", Pem.ofPrivateKey(signing.getPrivate())),
                "--service-account-key-file=" + write("sa.pub", publicPem(signing)),
                "--token-auth-file=" + write("tokens.csv", adminToken + ",admin,1,system:masters\n"),
                "--authorization-mode=RBAC"));
    }

    private void start(List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(command);
        whole.set(0, binaries.resolve(command.get(0)).toString());
        processes.add(new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command.get(0) + ".log").toFile())
                .start());
    }

    private void awaitReady() throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!isReady()) {
            if (Instant.now().isAfter(end) || processes.stream().anyMatch(process -> !process.isAlive())) {
                throw new AssertionError("The API server did not start; its log: " + log());
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
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

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String publicPem(KeyPair keys) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void stopProcesses() {
        // the API server first: it would complain of a lost etcd
        for (int index = processes.size() - 1; index >= 0; index--) {
            Process process = processes.get(index);
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        admin.close();
        stopProcesses();
    }
}
