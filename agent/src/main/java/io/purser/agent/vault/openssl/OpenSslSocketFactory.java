package io.purser.agent.vault.openssl;

import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** Connects with OpenSSL; the peer's certificate must bear the host's name. */
public final class OpenSslSocketFactory extends SSLSocketFactory {

    private static final int LAST_OF_ASCII = 127;

    private final OpenSslContext context;

    /** @param context whom to trust, and what to show */
    public OpenSslSocketFactory(OpenSslContext context) {
        this.context = context;
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        return new OpenSslSocket(connected, autoClose, context, nameOf(host));
    }

    /** What a certificate calls a host that may end with a dot, be in brackets, as an address of IPv6 in a URL, or not be ASCII. */
    private static String nameOf(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return host.substring(1, host.length() - 1);
        }
        String relative = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        for (int i = 0; i < relative.length(); i++) {
            if (relative.charAt(i) > LAST_OF_ASCII) {
                return IDN.toASCII(relative); // whose tables are not for every pod
            }
        }
        return relative;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket(new Socket(host, port), host, port, true);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(new Socket(host, port, local, localPort), host, port, true);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(new Socket(host, port), host.getHostAddress(), port, true);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(new Socket(host, port, local, localPort), host.getHostAddress(), port, true);
    }

    /** OpenSSL's own choice. */
    @Override
    public String[] getDefaultCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }
}
