package io.purser.local.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback address that nobody listens on at the moment. */
public final class FreePort {

    private FreePort() {}

    /**
     * Another one at each call, for a program that is told its port.
     *
     * @throws UncheckedIOException when this machine lets nobody listen
     */
    public static int next() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
