package io.purser.agent.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purser.agent.vault.openssl.OpenSslContext;
import io.purser.agent.vault.openssl.OpenSslProvider;
import io.purser.agent.vault.openssl.OpenSslSocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL's sockets against the JDK's. {@link OpenSslTest} runs it, where there is OpenSSL. */
@Timeout(60)
class OpenSslCases {

    @TempDir
    private static Path keys;

    private static Certificates here;
    private static Certificates other;

    /** As many as are asked for: what waits for each other must not share one. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private SSLServerSocket server;
    private OpenSslContext context;
    private SSLSocketFactory factory;

    @BeforeAll
    static void make() throws Exception {
        here = new Certificates(keys, "here", "EC", "ip:127.0.0.1,ip:::1,dns:localhost,dns:*.test.example");
        other = new Certificates(keys, "other", "RSA", "");
    }

    @BeforeEach
    void open() throws Exception {
        server = (SSLServerSocket)
                here.server(other).getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        context = new OpenSslContext(true);
        context.trust(der(here), "here");
        factory = new OpenSslSocketFactory(context);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        context.close();
        threads.shutdownNow();
    }

    private static byte[] der(Certificates certificates) throws GeneralSecurityException {
        return Pem.certificates(certificates.certificate(), "x").get(0).der();
    }

    private Socket connect() throws IOException {
        Socket socket = factory.createSocket("127.0.0.1", server.getLocalPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Answers each connection with what it sends, until it ends. */
    private void echo() {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                } catch (IOException e) {
                    // the next one
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void threeMegabytesInPiecesComeBackAsTheyWere(String version) throws Exception {
        server.setEnabledProtocols(new String[] {version});
        echo();
        byte[] sent = new byte[3 << 20];
        Random random = new Random(7);
        random.nextBytes(sent);
        try (Socket socket = connect()) {
            CompletableFuture<byte[]> back = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return socket.getInputStream().readNBytes(sent.length);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    threads);
            for (int at = 0; at < sent.length; ) {
                int length = Math.min(1 + random.nextInt(50_000), sent.length - at);
                socket.getOutputStream().write(sent, at, length);
                at += length;
            }
            socket.getOutputStream().write('!');
            assertThat(Arrays.equals(back.get(30, TimeUnit.SECONDS), sent)).isTrue();
            assertThat(socket.getInputStream().read()).isEqualTo('!');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theNextConnectionGoesOnWithTheSession(String version) throws Exception {
        server.setEnabledProtocols(new String[] {version});
        long[] created = new long[3];
        for (int i = 0; i < created.length; i++) {
            if (i == 2) {
                factory = new NamedSocketFactory(factory, "any.test.example"); // who is not known yet
            }
            CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(this::accept, threads);
            try (Socket socket = connect()) {
                socket.getOutputStream().write(1);
                try (SSLSocket theirs = (SSLSocket) accepted.get(20, TimeUnit.SECONDS)) {
                    theirs.getInputStream().read();
                    created[i] = theirs.getSession().getCreationTime();
                    theirs.getOutputStream().write(2);
                    socket.getInputStream().read();
                }
            }
            Thread.sleep(5);
        }
        assertThat(created[1]).isEqualTo(created[0]);
        assertThat(created[2]).isGreaterThan(created[0]);
    }

    /** And shakes hands. */
    private Socket accept() {
        try {
            SSLSocket accepted = (SSLSocket) server.accept();
            accepted.startHandshake();
            return accepted;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void namesAndAddressesAreChecked() throws Exception {
        echo();
        for (String good :
                List.of("localhost", "localhost.", "127.0.0.1", "::1", "[::1]", "any.test.example", "LOCALHOST")) {
            answers(context, good);
        }
        for (String bad : List.of(
                "localhos", "127.0.0.2", "a.any.test.example", "test.example", "::2", "xn--any.test", "münchen.test")) {
            assertThatThrownBy(() -> answers(context, bad))
                    .as(bad)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("mismatch with ");
        }
    }

    private void answers(OpenSslContext trusting, String name) throws IOException {
        SSLSocketFactory named = new NamedSocketFactory(new OpenSslSocketFactory(trusting), name);
        try (Socket socket = named.createSocket("127.0.0.1", server.getLocalPort())) {
            socket.getOutputStream().write('a');
            assertThat(socket.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void closingEndsAReadAndAWriteThatWait() throws Exception {
        CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(this::accept, threads);
        Socket reading = connect();
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(
                () -> waiting(() -> reading.getInputStream().read()), threads);
        accepted.get(20, TimeUnit.SECONDS);
        Thread.sleep(300);
        reading.close();
        assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> reading.getInputStream().read()).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> reading.getOutputStream().write(1)).isInstanceOf(SocketException.class);
        reading.close();

        CompletableFuture<Socket> next = CompletableFuture.supplyAsync(this::accept, threads);
        Socket writing = connect();
        CompletableFuture<Integer> write = CompletableFuture.supplyAsync(
                () -> waiting(() -> {
                    writing.getOutputStream().write(new byte[64 << 20]);
                    return 0;
                }),
                threads);
        next.get(20, TimeUnit.SECONDS).getInputStream().read(); // one byte of them
        Thread.sleep(300);
        writing.close();
        assertThatThrownBy(() -> write.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    private interface Waiting {
        int call() throws IOException;
    }

    private static int waiting(Waiting call) {
        try {
            return call.call();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aReadThatTimesOutLosesNothing() throws Exception {
        CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(this::accept, threads);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(1);
            OutputStream theirs = accepted.get(20, TimeUnit.SECONDS).getOutputStream();
            theirs.write("half".getBytes());
            assertThat(new String(socket.getInputStream().readNBytes(4))).isEqualTo("half");
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            theirs.write("more".getBytes());
            socket.setSoTimeout(20_000);
            assertThat(new String(socket.getInputStream().readNBytes(4))).isEqualTo("more");
            accepted.get().close();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** A real server's words with one byte changed, cut short, or none of them: an error, and the JVM lives. */
    @Test
    void noAnswerDoesHarm() throws Exception {
        echo();
        Random random = new Random(11);
        int failed = 0;
        for (int i = 0; i < 400; i++) {
            int at = random.nextInt(1500);
            int with = i % 4 == 0 ? -1 : 1 + random.nextInt(255);
            try (ServerSocket relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread thread = new Thread(() -> relay(relay, at, with));
                thread.start();
                try (Socket socket = factory.createSocket("127.0.0.1", relay.getLocalPort())) {
                    socket.setSoTimeout(500);
                    socket.getOutputStream().write("hello".getBytes());
                    byte[] back = socket.getInputStream().readNBytes(5);
                    assertThat(new String(back)).isEqualTo("hello".substring(0, back.length));
                } catch (IOException e) {
                    failed++;
                }
                thread.join();
            }
        }
        assertThat(failed).isBetween(100, 399);
    }

    /** Passes the server's bytes on, but for one; {@code with} is what it is changed by, or -1 to end there. */
    private void relay(ServerSocket relay, int at, int with) {
        try (Socket client = relay.accept();
                Socket real = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            Thread up = new Thread(() -> {
                try {
                    client.getInputStream().transferTo(real.getOutputStream());
                    real.shutdownOutput();
                } catch (IOException e) {
                    // over
                }
            });
            up.start();
            InputStream in = real.getInputStream();
            int count = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (count == at && with < 0) {
                    break;
                }
                client.getOutputStream().write(count == at ? b ^ with : b);
                count++;
            }
            client.shutdownOutput();
            up.join();
        } catch (IOException | InterruptedException e) {
            // over
        }
    }

    @Test
    void aServerThatHangsUpIsToldApart() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> waiting(() -> {
                plain.accept().close();
                return 0;
            }));
            thread.start();
            try (Socket socket = factory.createSocket("127.0.0.1", plain.getLocalPort())) {
                assertThatThrownBy(() -> ((SSLSocket) socket).startHandshake()).isInstanceOf(IOException.class);
            }
            thread.join();
        }
    }

    @Test
    void aClosedContextMakesNoConnectionAndLeavesThoseThatAre() throws Exception {
        echo();
        try (Socket socket = connect()) {
            socket.getOutputStream().write(1);
            context.close();
            context.close();
            assertThat(socket.getInputStream().read()).isEqualTo(1);
        }
        assertThatThrownBy(this::connect).isInstanceOf(SSLException.class);
    }

    @Test
    void whatIsNoCertificateOrNotOfItsKeyIsRefused() throws Exception {
        assertThatThrownBy(() -> context.trust(new byte[] {0x30, 0x7f, 1}, "/ca.pem"))
                .hasMessageContaining("/ca.pem holds");
        assertThatThrownBy(() -> context.trust(keys.resolve("none"))).hasMessageContaining("none holds no certificate");
        byte[] key = here.key().getEncoded();
        assertThatThrownBy(() -> context.identify(List.of(der(other)), key, "/tls.key"))
                .hasMessageContaining("/tls.key holds");
        assertThatThrownBy(() -> context.identify(List.of(der(other)), new byte[] {1, 2}, "/tls.key"))
                .hasMessageContaining("/tls.key holds");

        Path file = Files.writeString(keys.resolve("two.pem"), "# two\n" + other.certificate() + here.certificate());
        try (OpenSslContext reading = new OpenSslContext(true)) {
            reading.trust(file);
            echo();
            answers(reading, "localhost");
        }
    }

    @Test
    void theProviderStandsInForWhatTheDriverNeverUses() throws Exception {
        SSLContext unused = SSLContext.getInstance("TLS", new OpenSslProvider());
        unused.init(null, new TrustManager[] {new TrustAnyone()}, null);
        assertThatThrownBy(unused::getSocketFactory).isInstanceOf(UnsupportedOperationException.class);
        SecureRandom random = SecureRandom.getInstance("Kernel", new OpenSslProvider());
        byte[] bytes = new byte[10_000];
        random.nextBytes(bytes);
        Set<Byte> seen = new HashSet<>();
        for (byte b : bytes) {
            seen.add(b);
        }
        assertThat(seen).hasSize(256);
        assertThat(random.generateSeed(16)).isNotEqualTo(random.generateSeed(16));
        random.setSeed(1);
        long after = random.nextLong();
        random.setSeed(1);
        assertThat(random.nextLong()).isNotEqualTo(after);
    }
}
