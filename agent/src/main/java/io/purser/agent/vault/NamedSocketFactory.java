package io.purser.agent.vault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** Connects to one address while the peer's certificate is expected to bear another name. */
final class NamedSocketFactory extends SSLSocketFactory {

    private final SSLSocketFactory factory;
    private final String serverName;

    NamedSocketFactory(SSLSocketFactory factory, String serverName) {
        this.factory = factory;
        this.serverName = serverName;
    }

    /** The one that the JDK's HTTP client uses: the name goes into SNI, and the certificate is checked against it. */
    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        return factory.createSocket(connected, serverName, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return over(new Socket(host, port), port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return over(new Socket(host, port, local, localPort), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return over(new Socket(host, port), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return over(new Socket(host, port, local, localPort), port);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    private Socket over(Socket connected, int port) throws IOException {
        return factory.createSocket(connected, serverName, port, true);
    }
}
