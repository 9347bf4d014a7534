"""Live events: one stream, told over server-sent events, WebSockets and Socket.IO."""
