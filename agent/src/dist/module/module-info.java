/** The agent and its libraries as one module, so that jlink can put them into the runtime image itself. */
module io.purser.agent {
    requires jdk.httpserver;
    requires jdk.unsupported;

    // What is exported makes the module a root, so that the launcher finds the main class without -m, which CDS minds.
    exports io.purser.agent.run;

    // Named by java.security.
    provides java.security.Provider with
            io.purser.agent.vault.openssl.OpenSslProvider;
}
