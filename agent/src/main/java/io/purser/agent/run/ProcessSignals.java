package io.purser.agent.run;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;

/** SIGTERM and SIGINT end the loop, SIGHUP makes it fetch everything anew. */
final class ProcessSignals {

    private ProcessSignals() {}

    /**
     * SIGTERM and SIGINT.
     *
     * @param limit how long the JVM waits for the loop's end
     */
    static void endOnSignal(Ending ending, Duration limit) {
        Thread hook = new Thread(
                () -> {
                    ending.ask();
                    // Without this the JVM would end with 143 after a SIGTERM, which reads as a failure.
                    Runtime.getRuntime().halt(ending.awaitCode(limit));
                },
                "ending");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** SIGHUP. In a thread of its own: what it takes is a tenth of the agent's start, and no file waits for it. */
    static void refreshOnSignal(Ending ending, EventLog log) {
        Runnable install = () -> {
            try {
                onHangUp(ending::askRefresh);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                log.warn("SIGHUP not handled", "reason", e.getClass().getSimpleName());
            }
        };
        new Thread(install, "signals").start();
    }

    /**
     * The JDK has no other way to a signal than {@code sun.misc.Signal} of the module jdk.unsupported, and the compiler
     * cannot be told not to warn of it; so it is reached by name.
     */
    private static void onHangUp(Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy =
                Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                    if (method.getName().equals("handle")) {
                        action.run();
                        return null;
                    }
                    return method.getName().equals("hashCode")
                            ? System.identityHashCode(self)
                            : method.getName().equals("equals") ? self == args[0] : "SIGHUP handler";
                });
        Method handle = signal.getMethod("handle", signal, handler);
        handle.invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
    }
}
