# ActionCable as Rails gives it, with one channel that lets users in the way Chatwoot's does: by a token, a number and an account.
# Beside /cable there is POST /publish {stream, event, data}, and POST /drop, which closes every websocket.

require 'action_cable'
require 'json'
require 'logger'

USERS = JSON.parse(ENV.fetch('PEER_USERS')).freeze

module ApplicationCable
  class Connection < ActionCable::Connection::Base; end
  class Channel < ActionCable::Channel::Base; end
end

class RoomChannel < ApplicationCable::Channel
  def subscribed
    token = params[:pubsub_token]
    # What Chatwoot's find_by! does to a token it does not know: the client hears nothing at all.
    raise 'no such user' if token == 'unknown'

    user = USERS[token]
    return reject unless user && user['id'] == params[:user_id] && user['accounts'].include?(params[:account_id])

    stream_from token
  end
end

config = ActionCable.server.config
config.cable = { 'adapter' => 'async' }
config.logger = Logger.new($stderr, level: Logger::ERROR)
config.connection_class = -> { ApplicationCable::Connection }

def answer(status, text = '')
  [status, { 'Content-Type' => 'text/plain' }, [text]]
end

run(lambda do |env|
  case [env['REQUEST_METHOD'], env['PATH_INFO']]
  when ['GET', '/cable'] then ActionCable.server.call(env)
  when ['GET', '/connections'] then answer(200, ActionCable.server.connections.size.to_s)
  when ['POST', '/publish']
    said = JSON.parse(env['rack.input'].read)
    ActionCable.server.broadcast(said['stream'], { event: said['event'], data: said['data'] })
    answer(204)
  when ['POST', '/drop']
    ActionCable.server.connections.each(&:close)
    answer(204)
  else answer(404)
  end
end)
