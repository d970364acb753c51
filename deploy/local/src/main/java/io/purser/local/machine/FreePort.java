package io.purser.local.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback address that nobody listens on at the moment, below those of a cluster's Services on this machine (from 30,000
 * on) and those that the kernel usually gives to connections (from 32,768 on): a connection could take one of these between two
 * starts of the program that was told it.
 */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;
    private static final int ATTEMPTS = 100;

    private FreePort() {}

    /**
     * Another one at each call, for a program that is told its port.
     *
     * @throws UncheckedIOException when this machine lets nobody listen
     */
    public static int next() {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException(taken);
                }
            }
        }
    }
}
