package io.purser.agent.vault;

import com.sun.net.httpserver.Headers;
import io.purser.agent.config.StoreConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A PATCH (RFC 5789), which the JDK's URL connections do not know, over a connection of its own. It is asked in HTTP/1.0, whose
 * answers end with the connection.
 */
final class PatchExchange {

    private static final int LARGEST_ANSWER = 16 << 20;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final StoreConfig store;
    private final @Nullable SSLSocketFactory tls;

    /** @param tls what to connect with to an HTTPS address */
    PatchExchange(StoreConfig store, @Nullable SSLSocketFactory tls) {
        this.store = store;
        this.tls = tls;
    }

    /**
     * What came back.
     *
     * @param headers those of the answer
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and copied by nobody
    record Reply(int status, Headers headers, byte[] body) {
        @Override
        public String toString() {
            return "Reply[status=" + status + ", body=[REDACTED]]";
        }
    }

    /** @param headers what is sent, less those of the connection */
    Reply send(URI target, Headers headers, byte[] body) throws IOException {
        try (Socket socket = connect(target)) {
            StringBuilder head = new StringBuilder("PATCH ").append(target.getRawPath());
            if (target.getRawQuery() != null) {
                head.append('?').append(target.getRawQuery());
            }
            head.append(" HTTP/1.0\r\nHost: ").append(target.getRawAuthority()).append("\r\n");
            headers.forEach((name, values) -> values.forEach(
                    value -> head.append(name).append(": ").append(value).append("\r\n")));
            head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            return read(socket.getInputStream().readNBytes(LARGEST_ANSWER));
        }
    }

    private Socket connect(URI target) throws IOException {
        int timeout = (int) store.timeout().toMillis();
        boolean secure = target.getScheme().equalsIgnoreCase("https");
        int port = target.getPort() >= 0 ? target.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(target.getHost(), port), timeout);
            socket.setSoTimeout(timeout);
            return secure ? handshake(socket, target.getHost(), port) : socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket handshake(Socket socket, String host, int port) throws IOException {
        SSLSocketFactory factory = tls == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : tls;
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name is checked, as a URL connection does
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static Reply read(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String[] lines = (end < 0 ? "" : text.substring(0, end)).split("\r\n", -1);
        if (!lines[0].matches("HTTP/1\\.[01] \\d{3}.*")) {
            throw new IOException("the answer is not HTTP");
        }
        Headers headers = new Headers();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip());
            }
        }
        int status = Integer.parseInt(lines[0].substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        return new Reply(status, headers, Arrays.copyOfRange(answer, end + "\r\n\r\n".length(), answer.length));
    }
}
