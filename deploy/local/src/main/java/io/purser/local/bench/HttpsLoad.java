package io.purser.local.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A load of reviews over keep-alive HTTPS connections: HTTP/1.1 with one request at a time on each, or HTTP/2 with several. One thread, Netty with
 * no client on top, and BoringSSL, since the load generator takes its processor time from the server that it measures.
 */
final class HttpsLoad implements AutoCloseable {

    private static final String HOST = "localhost";

    /** What Go's client, which API servers use, lets a server send ahead: on a connection and on a stream of it. */
    private static final int CONNECTION_WINDOW = 1 << 30;

    private static final int STREAM_WINDOW = 4 << 20;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final SslContext tls;
    private final int streams;

    /**
     * A load generator for servers on this machine.
     *
     * @param caPem authority of the servers' certificates
     * @param streams at once on each connection, over HTTP/2; 0 for HTTP/1.1
     */
    HttpsLoad(String caPem, int streams) throws IOException {
        this.streams = streams;
        tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(new ByteArrayInputStream(caPem.getBytes(StandardCharsets.US_ASCII)))
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        streams == 0 ? ApplicationProtocolNames.HTTP_1_1 : ApplicationProtocolNames.HTTP_2))
                .build();
    }

    /**
     * Sends reviews and waits for all answers.
     *
     * @param bodies sent in turn
     * @param connections at once
     * @param count of reviews
     * @throws IOException when an answer is neither a decision nor 429, or does not come within ten seconds
     */
    LoadFigures run(int port, List<byte[]> bodies, int connections, int count) throws IOException {
        List<Channel> connected = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                connected.add(connect(port));
            }
            LoadRun run = new LoadRun(loop, bodies, count);
            return await(run.begin(connected, streams));
        } finally {
            for (Channel channel : connected) {
                await(channel.close());
            }
        }
    }

    private Channel connect(int port) throws IOException {
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.newHandler(channel.alloc(), HOST, port));
                        if (streams == 0) {
                            channel.pipeline().addLast(new HttpClientCodec());
                        } else {
                            http2(channel.pipeline());
                        }
                    }
                })
                .connect(HOST, port);
        await(connecting);
        Channel channel = connecting.channel();
        await(channel.pipeline().get(SslHandler.class).handshakeFuture());
        if (streams > 0) {
            await(channel.writeAndFlush(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW)));
        }
        return channel;
    }

    private static void http2(ChannelPipeline pipeline) {
        pipeline.addLast(
                Http2FrameCodecBuilder.forClient()
                        .initialSettings(Http2Settings.defaultSettings().initialWindowSize(STREAM_WINDOW))
                        .build(),
                new Http2MultiplexHandler(new ChannelInboundHandlerAdapter())); // nobody opens streams to a client
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the load was interrupted");
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
