package io.purser.certs.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version in the jar's manifest; classes that are in no jar say so. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"purser-certs " + (version == null ? "(built from source)" : version)};
    }
}
