package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purser.agent.run.PageServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageServerTest {

    private InetSocketAddress address;
    private PageServer server;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
        server = new PageServer("pages", address, (method, target) -> switch (target) {
            case "/bug" -> throw new IllegalStateException("secret");
            default -> Reply.text(200, method + " " + target);
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String ask(String request) throws IOException {
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answersAndCloses() throws IOException {
        assertThat(ask("GET /a?query HTTP/1.1\r\nHost: pod\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nContent-Length: 12\r\n", "\r\nConnection: close\r\n")
                .endsWith("\r\n\r\nGET /a?query");
    }

    @Test
    void headHasNoBody() throws IOException {
        assertThat(ask("HEAD /a HTTP/1.1\r\n\r\n"))
                .contains("\r\nContent-Length: 7\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void theAnswerArrivesThoughABodyFollows() throws Exception {
        assertThat(ask("POST /a HTTP/1.1\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(20_000)))
                .endsWith("POST /a");
    }

    @Test
    void servesOnAfterWhatIsNoRequest() throws IOException {
        assertThat(ask("hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(ask("GET /" + "x".repeat(20_000))).startsWith("HTTP/1.1 400 ");
        assertThat(ask("GET /bug HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 500 ").doesNotContain("secret");
        assertThat(ask("GET /a HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aSilentClientHoldsUpNobodyForLong() throws IOException {
        try (Socket silent = new Socket(address.getAddress(), address.getPort())) {
            silent.getOutputStream().write("GET / HT".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(ask("GET /a HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            silent.setSoTimeout(10_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aTakenPortIsAnError() {
        assertThatThrownBy(() -> new PageServer("second", address, (method, target) -> Reply.text(200, "")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aClosedServerLeavesItsPortFree() throws IOException {
        InetSocketAddress again = new InetSocketAddress(address.getAddress(), 0);
        try (ServerSocket free = new ServerSocket()) {
            free.bind(again);
            again = new InetSocketAddress(address.getAddress(), free.getLocalPort());
        }
        for (int i = 0; i < 200; i++) {
            PageServer other = new PageServer("other", again, (method, target) -> Reply.text(200, ""));
            LockSupport.parkNanos(200_000); // it waits for a client
            other.close();
        }
    }
}
