INSERT INTO audit (at, actor, action, target, address, data)
VALUES (:now, :actor, :action, :target, :address, :data)
