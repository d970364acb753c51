package io.purser.certs.cli;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import io.purser.certs.authority.Pem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * As much of an API server as the certs program asks of one, over TLS and web sockets: it keeps what is written, and
 * checks nothing.
 */
final class TinyApiServer implements AutoCloseable {

    /** Where the certs program keeps the Lease by which one replica writes. */
    static final String LEASE = "/apis/coordination.k8s.io/v1/namespaces/purser/leases/purser-certs";

    private static final String CONFIGURATION =
            "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/purser";
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");
    private static final Pattern VALUE = Pattern.compile("caBundle\",\"value\":\"([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"[^\"]*\"");

    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private final AtomicInteger version = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CertificateAuthority authority =
            CertificateAuthority.create("training cluster", Duration.ofDays(1), Instant.now());
    private final SSLServerSocket socket;
    private volatile Duration delay = Duration.ZERO;

    /** A request as far as it matters. */
    private record Request(String method, String path, String query, Map<String, String> headers, String body) {}

    /** Listens on a free port of the loopback address. */
    TinyApiServer() throws IOException, GeneralSecurityException {
        objects.put(
                CONFIGURATION,
                versioned(
                        "{\"apiVersion\":\"admissionregistration.k8s.io/v1\",\"kind\":\"MutatingWebhookConfiguration\","
                                + "\"metadata\":{\"name\":\"purser\"},\"webhooks\":[{\"name\":\"pods.purser.io\","
                                + "\"clientConfig\":{\"service\":{\"name\":\"purser-webhook\",\"namespace\":\"purser\"}}}]}"));
        socket = (SSLServerSocket)
                context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** A kubeconfig of it. */
    String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {server: "https://127.0.0.1:%s", certificate-authority-data: "%s"}}]
                users: [{name: bearer, user: {token: "training"}}]
                contexts: [{name: here, context: {cluster: here, user: bearer}}]
                """.formatted(
                socket.getLocalPort(),
                Base64.getEncoder().encodeToString(authority.certificatePem().getBytes(StandardCharsets.US_ASCII)));
    }

    /** The object at a path, JSON; empty when there is none. */
    String object(String path) {
        return objects.getOrDefault(path, "");
    }

    /** Answers later than it is asked from now on. */
    void delay(Duration time) {
        delay = time;
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        Leaf leaf = authority.issue(List.of("127.0.0.1"), Duration.ofDays(1), Instant.now());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "leaf", Pem.privateKey(leaf.privateKeyPem()), new char[0], new Certificate[] {leaf.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException e) {
            threads.shutdownNow(); // closed
        }
    }

    private void serve(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream());
                OutputStream out = connection.getOutputStream()) {
            for (Request request = read(in); request != null; request = read(in)) {
                TimeUnit.NANOSECONDS.sleep(delay.toNanos());
                if (request.query().contains("watch=true")) {
                    watch(request, in, out);
                    return;
                }
                answer(request, out);
            }
        } catch (IOException | GeneralSecurityException e) {
            // the client has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String body = new String(
                in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))), StandardCharsets.UTF_8);
        String[] parts = first.split(" ");
        String[] target = parts[1].split("[?]", 2);
        return new Request(parts[0], target[0], target.length == 1 ? "" : target[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private void answer(Request request, OutputStream out) throws IOException {
        String path = request.path();
        if (request.method().equals("POST")) {
            Matcher name = NAME.matcher(request.body());
            path += "/" + (name.find() ? name.group(1) : "");
        }
        if (request.body().startsWith("{")) {
            objects.put(path, versioned(request.body())); // a merge patch comes with all of the object, too
        }
        Matcher bundle = VALUE.matcher(request.body());
        if (request.method().equals("PATCH") && bundle.find()) {
            objects.computeIfPresent(
                    path,
                    (key, old) -> versioned(old.replaceFirst(
                            "\"clientConfig\":\\{(\"caBundle\":\"[^\"]*\",)?",
                            "\"clientConfig\":{\"caBundle\":\"" + bundle.group(1) + "\",")));
        }
        String object = object(path);
        respond(
                out,
                object.isEmpty() ? "404 Not Found" : "200 OK",
                object.isEmpty() ? "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":404}" : object);
    }

    private static void respond(OutputStream out, String status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    /** One event by web socket, and then silence until the client goes. */
    private void watch(Request request, InputStream in, OutputStream out) throws IOException, GeneralSecurityException {
        String accept = request.headers().get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(accept.getBytes(StandardCharsets.US_ASCII));
        String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        byte[] event =
                ("{\"type\":\"ADDED\",\"object\":" + object(CONFIGURATION) + "}").getBytes(StandardCharsets.UTF_8);
        out.write(new byte[] {(byte) 0x81, 126, (byte) (event.length >> 8), (byte) event.length});
        out.write(event);
        out.flush();
        while (in.read() >= 0) {
            out.flush(); // what the client says is of no interest
        }
    }

    private String versioned(String object) {
        String next = "\"resourceVersion\":\"" + version.incrementAndGet() + "\"";
        Matcher old = VERSION.matcher(object);
        return old.find()
                ? old.replaceFirst(next)
                : object.replaceFirst("\"metadata\":\\{", "\"metadata\":{" + next + ",");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
