package io.purser.agent.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the agent needs to know, as the webhook writes it into {@code PURSER_CONFIG} and the agent reads it. One
 * value serves the init container and the sidecar; only the argument {@code --once} tells them apart. It holds no secret.
 *
 * @param store where the secrets are
 * @param auth how the pod proves who it is
 * @param files the files to render, in a fixed order; their destinations differ from each other
 * @param folders folders of templates whose keys are not known at admission
 * @param volumes absolute paths of the secret volumes; every destination lies inside one of them
 * @param atomicSet whether the files of a volume change together: one link is switched for all that a rotation changes, and
 *     none changes while one of them cannot be made
 * @param stateDirectory absolute path on the memory volume that only the agent's containers mount
 * @param refresh when static secrets are read again
 * @param lifecycle the deadline of init and the end of the pod
 * @param listener the port for probes and metrics, the loopback listeners
 * @param log how the agent logs
 * @param vaultAgent what a pod written for Vault's own agent asks for besides, or null
 */
public record AgentConfig(
        StoreConfig store,
        AuthConfig auth,
        List<FileConfig> files,
        List<TemplateFolder> folders,
        List<String> volumes,
        boolean atomicSet,
        String stateDirectory,
        RefreshConfig refresh,
        LifecycleConfig lifecycle,
        ListenerConfig listener,
        LogConfig log,
        @Nullable VaultAgentConfig vaultAgent) {

    /** The version of the contract that this code writes and reads. */
    public static final int VERSION = 1;

    /** Copies the lists, so that a configuration never changes. */
    public AgentConfig {
        files = List.copyOf(files);
        folders = List.copyOf(folders);
        volumes = List.copyOf(volumes);
    }
}
